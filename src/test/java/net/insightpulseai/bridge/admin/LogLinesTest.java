package net.insightpulseai.bridge.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.TestOdoo;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class LogLinesTest extends BridgeTest {

  @Autowired private ProducerTemplate template;

  @Test
  void aLineIsOneJsonObjectWithTheCorrelationId(CapturedOutput output) throws Exception {
    try (MDC.MDCCloseable id = MDC.putCloseable("correlation_id", "0a")) {
      LoggerFactory.getLogger("a.logger").warn("what\nwent wrong");
    }

    JsonNode line = lineWith(output, "went wrong");
    assertThat(line.path("correlation_id").asText()).isEqualTo("0a");
    assertThat(line.path("level").asText()).isEqualTo("WARN");
    assertThat(line.path("message").asText()).isEqualTo("what\nwent wrong");
    assertThat(line.fieldNames()).toIterable().doesNotContain("level_value", "@version");
  }

  @Test
  void aFailedRunOfARouteIsOneLineAndNotMore(CapturedOutput output) throws Exception {
    jdbc().execute("alter table bridge.event_key rename to event_key_away");
    try {
      template.sendBody("direct:delete-old-events", "");
    } finally {
      jdbc().execute("alter table bridge.event_key_away rename to event_key");
    }

    JsonNode line = lineWith(output, "delete-old-events failed");
    assertThat(line.path("level").asText()).isEqualTo("WARN");
    assertThat(line.path("message").asText()).contains("event_key").doesNotContain("\n");
    assertThat(output.getOut().lines().filter(text -> text.contains("event_key"))).hasSize(1);
  }

  @Test
  void anActionsFailureIsToldWithItsOwnCorrelationId(CapturedOutput output) throws Exception {
    odoo()
        .answer(
            call ->
                call.action().equals("x.kept")
                    ? TestOdoo.applied(call)
                    : TestOdoo.Answer.error(422, "unknown_action"));
    for (String action : new String[] {"x.first", "x.kept", "x.second"}) {
      push(action);
    }

    for (Map<String, Object> row :
        jdbc().queryForList("select * from public.odoo_action_outbox where status = 'error'")) {
      JsonNode line = lineWith(output, "Row " + row.get("id") + " for odoo is a dead letter");
      assertThat(line.path("level").asText()).isEqualTo("ERROR");
      assertThat(line.path("correlation_id").asText())
          .isEqualTo(row.get("correlation_id").toString());
    }
    assertThat(output.getOut().lines().filter(line -> line.contains("is a dead letter")))
        .hasSize(2);
  }

  /** Waits for the outcome, which is told before the answer. */
  private void push(String action) {
    post(
        "/functions/v1/push_to_odoo",
        "{\"action\":\"" + action + "\"}",
        "authorization",
        "Bearer " + serviceKey());
  }

  private static JsonNode lineWith(CapturedOutput output, String text) throws Exception {
    String line =
        output.getOut().lines().filter(each -> each.contains(text)).findFirst().orElseThrow();
    return new ObjectMapper().readTree(line);
  }
}
