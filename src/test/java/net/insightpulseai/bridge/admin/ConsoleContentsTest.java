package net.insightpulseai.bridge.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the operations on the management port show, and to whom. */
class ConsoleContentsTest extends ConsoleCalls {

  private static final String MARK = "only-for-the-operator";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/bridge/overview",
        "/bridge/events",
        "/bridge/actions",
        "/bridge/dead-letters",
        "/bridge/subscribers",
        "/bridge/replays",
        "/bridge/targets",
        "/bridge/incidents",
        "/bridge/replicas",
        "/bridge/pairing",
        "/bridge/refusals",
        "/bridge/route-versions",
        "/bridge/records/res.partner/42"
      })
  void bothSeeEverythingAndNobodyElseDoes(String path) throws Exception {
    assertThat(call("GET", path, OPERATOR, "").statusCode()).isEqualTo(200);
    assertThat(call("GET", path, VIEWER, "").statusCode()).isEqualTo(200);
    assertThat(call("GET", path, "viewer:" + ADMIN_PASSWORD, "").statusCode()).isEqualTo(401);
    assertThat(call("GET", path, "", "").statusCode()).isEqualTo(401);
  }

  @Test
  void manyViewersReadAtOnceAndNoneIsForgottenAfterARefusal() throws Exception {
    ExecutorService viewers = Executors.newFixedThreadPool(16);
    try {
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < 48; i++) {
        String path = i % 2 == 0 ? "/bridge/targets" : "/bridge/events?limit=x";
        answers.add(viewers.submit(() -> call("GET", path, VIEWER, "").statusCode()));
      }
      for (int i = 0; i < 48; i++) {
        assertThat(answers.get(i).get()).isEqualTo(i % 2 == 0 ? 200 : 400);
      }
    } finally {
      viewers.shutdownNow();
    }
  }

  @Test
  void anEventAsDeepAsTheyMayBeIsListedForAViewer() throws Exception {
    String payload = "{\"x\":".repeat(498) + "1" + "}".repeat(498);
    assertThat(
            postSigned(
                    "/functions/v1/odoo_event_ingest",
                    "{\"event_type\":\"a.b\",\"resource_id\":1,\"payload\":" + payload + "}")
                .statusCode())
        .isEqualTo(200);

    assertThat(call("GET", "/bridge/events", VIEWER, "").statusCode()).isEqualTo(200);
  }

  @Test
  void anMBeanShowsAViewerNoContentsEither() throws Exception {
    jdbc()
        .update(
            "insert into bridge.dead_letter (queue, row_id, target, ordering_key, reason, attempts, response_body)"
                + " values ('odoo-actions', 1, 'odoo', '', 'rejected', 1, ?)",
            MARK);
    takeBeanNames();
    String command =
        "{\"type\":\"exec\",\"mbean\":\"bridge:type=DeadLetters\",\"operation\":\"showOpen\",\"arguments\":[9]}";

    String seen = call("POST", "/actuator/jolokia", VIEWER, command).body();

    assertThat(seen).contains("rejected").doesNotContain(MARK);
  }

  @Test
  void contentsAreShownToTheOperatorOnly() throws Exception {
    String event =
        "{\"event_type\":\"res.partner.updated\",\"resource_id\":42,\"payload\":{\"x\":\"%s\"},\"changed\":{\"x\":[\"%s\",1]}}"
            .formatted(MARK, MARK);
    postSigned("/functions/v1/odoo_event_ingest", event);
    jdbc()
        .update(
            "insert into public.odoo_action_outbox (action, args) values ('res.partner.update', ?::jsonb)",
            "{\"id\":42,\"values\":{\"x\":\"" + MARK + "\"}}");
    jdbc().update("update public.odoo_action_outbox set response_body = ?, status = 'error'", MARK);
    jdbc()
        .update(
            "insert into bridge.dead_letter (queue, row_id, target, ordering_key, reason, attempts,"
                + " response_body, payload)"
                + " values ('odoo-actions', 1, 'odoo', '', 'rejected', 1, ?, convert_to(?, 'UTF8'))",
            MARK,
            "{\"id\":1,\"args\":{\"x\":\"" + MARK + "\"}}");
    String correlation = text("select correlation_id from public.audit_event limit 1");
    List<String> paths =
        List.of(
            "/bridge/events",
            "/bridge/events/1",
            "/bridge/events/1/deliveries",
            "/bridge/actions",
            "/bridge/actions/1",
            "/bridge/dead-letters",
            "/bridge/dead-letters/1",
            "/bridge/records/res.partner/42",
            "/bridge/trace/" + correlation);
    for (String path : paths) {
      HttpResponse<String> seen = call("GET", path, VIEWER, "");
      assertThat(seen.statusCode()).as(path).isEqualTo(200);
      assertThat(seen.body()).as(path).doesNotContain(MARK);
    }
    assertThat(paths.stream().filter(path -> shows(path, MARK)).toList())
        .containsExactlyElementsOf(
            paths.stream().filter(path -> !path.endsWith("/deliveries")).toList());
    for (String format : new String[] {"csv", "ndjson"}) {
      assertThat(call("GET", "/bridge/events?format=" + format, VIEWER, "").statusCode())
          .isEqualTo(403);
      assertThat(call("GET", "/bridge/events?format=" + format, OPERATOR, "").statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void theOverviewSaysWhoAsksAndWhatWaits() throws Exception {
    JsonNode seen = json.readTree(call("GET", "/bridge/overview", VIEWER, "").body());

    assertThat(seen.at("/you/user").asText()).isEqualTo("viewer");
    assertThat(seen.at("/you/operator").asBoolean(true)).isFalse();
    assertThat(seen.at("/queues/odoo-actions/due").isIntegralNumber()).isTrue();
    assertThat(seen.at("/queues/event-deliveries/oldest_due_seconds").isIntegralNumber()).isTrue();
    assertThat(seen.at("/routes/applied").asText()).matches("[0-9a-f]{12}");
    assertThat(seen.at("/hour/step_seconds").asInt()).isEqualTo(10);
  }

  private boolean shows(String path, String text) {
    try {
      return call("GET", path, OPERATOR, "").body().contains(text);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
