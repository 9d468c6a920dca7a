package net.insightpulseai.bridge.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import net.insightpulseai.bridge.BridgeTest;
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

  private static JsonNode lineWith(CapturedOutput output, String text) throws Exception {
    String line =
        output.getOut().lines().filter(each -> each.contains(text)).findFirst().orElseThrow();
    return new ObjectMapper().readTree(line);
  }
}
