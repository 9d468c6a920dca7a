package net.insightpulseai.bridge.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The operations of the API on the management port, and who may call them there. */
class ConsoleOperationsTest extends ConsoleCalls {

  private static final String TARGET = "/bridge/targets/odoo";

  @AfterEach
  void runAgain() {
    jdbc().update("update bridge.target set state = 'running', reason = null");
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /bridge/targets/odoo/pause",
    "POST, /bridge/targets/odoo/resume",
    "POST, /bridge/route-versions/1/rollback",
    "POST, /bridge/route-versions/unpin",
    "POST, /bridge/actions/1/cancel",
    "POST, /bridge/actions/held/release",
    "POST, /bridge/actions/held/discard",
    "POST, /bridge/dead-letters/requeue",
    "POST, /bridge/dead-letters/1/discard",
    "POST, /bridge/subscribers",
    "PATCH, /bridge/subscribers/1",
    "DELETE, /bridge/subscribers/1?who=a&why=b",
    "POST, /bridge/subscribers/1/test",
    "POST, /bridge/subscribers/1/rotate-secret",
    "POST, /bridge/replay",
    "POST, /bridge/replays/1/cancel",
    "POST, /bridge/pairing",
    "PUT, /bridge/events",
    "HEAD, /actuator/threaddump"
  })
  void aViewerChangesNothing(String method, String path) throws Exception {
    assertThat(call(method, path, VIEWER, "{\"who\":\"v\",\"why\":\"w\"}").statusCode())
        .isEqualTo(403);
    assertThat(call(method, path, "", "{}").statusCode()).isIn(401, 403);
  }

  @Test
  void anActIsRecordedUnderTheNameOfTheLogin() throws Exception {
    assertThat(act("{\"who\":\"ann\",\"why\":\"maintenance\"}").path("changed_by").asText())
        .isEqualTo("ann (admin)");
    assertThat(act("{\"why\":\"maintenance\"}").path("changed_by").asText()).isEqualTo("admin");
    assertThat(act("{\"who\":null,\"why\":\"m\"}").path("changed_by").asText()).isEqualTo("admin");
    assertThat(
            act("{\"who\":\"" + "x".repeat(150) + "\",\"why\":\"m\"}").path("changed_by").asText())
        .isEqualTo("x".repeat(60) + " (admin)");
    assertThat(act("{\"who\":7,\"why\":\"m\"}").path("ok").asBoolean(true)).isFalse();
    assertThat(act("{\"who\":\"ann\"}").path("code").asText()).isEqualTo("missing_why");
  }

  @Test
  void aDeletionIsRecordedUnderTheNameOfTheLogin() throws Exception {
    String created =
        call(
                "POST",
                "/bridge/subscribers",
                OPERATOR,
                "{\"name\":\"gone\",\"kind\":\"webhook\",\"url\":\"https://example.com/x\"}")
            .body();
    long id = json.readTree(created).path("id").asLong();
    String path = "/bridge/subscribers/" + id + "?why=it+moved%26more&who=a%26b%20c";

    assertThat(call("DELETE", path, OPERATOR, "").statusCode()).isEqualTo(200);
    assertThat(
            text(
                "select payload::text from public.audit_event where event_type = 'bridge.subscriber.deleted'"))
        .contains("a&b c (admin)", "it moved&more");
  }

  @Test
  void theReplayIsSignedByTheBridgeItself() throws Exception {
    postSigned("/functions/v1/odoo_event_ingest", "{\"event_type\":\"a.b\",\"resource_id\":1}");
    String body = "{\"record\":\"a:1\",\"dry_run\":true,\"audience\":\"bridge.replay\"}";

    HttpResponse<String> answer = call("POST", "/bridge/replay", OPERATOR, body);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(json.readTree(answer.body()).path("dry_run").asBoolean()).isTrue();
  }

  @Test
  void aReplayTakesNoNewEvent() throws Exception {
    String body = "{\"event_type\":\"a.b\",\"resource_id\":1,\"audience\":\"bridge.replay\"}";

    HttpResponse<String> answer = call("POST", "/bridge/replay", OPERATOR, body);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(text("select count(*) from public.audit_event")).isEqualTo("0");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /bridge, 404",
    "GET, /bridge/docs, 404",
    "GET, /bridge/openapi.yaml, 404",
    "POST, /bridge/event, 404",
    "POST, /bridge/apply, 404",
    "GET, /bridge/events/, 404",
    "GET, /bridge/events/x, 400",
    "GET, /bridge/events/1%2Fdeliveries, 400",
    "GET, /bridge/%2e%2e/actuator/health, 400",
    "GET, /bridge/events;x=1, 400",
    "GET, /bridge//events, 400",
    "GET, /bridge/events?limit=0, 400",
    "GET, /bridge/events/99, 404",
    "TRACE, /bridge/events, 405"
  })
  void whatIsNoneOfItsOperationsIsRefused(String method, String path, int status) throws Exception {
    HttpResponse<String> answer = call(method, path, OPERATOR, "");
    assertThat(answer.statusCode()).as(answer.body()).isIn(status, 400);
  }

  @Test
  void aBodyMustBeJsonAndNotTooLarge() throws Exception {
    assertThat(call("POST", TARGET + "/pause", OPERATOR, "[]").statusCode()).isEqualTo(400);
    assertThat(call("POST", TARGET + "/pause", OPERATOR, "{").statusCode()).isEqualTo(400);
    assertThat(call("POST", TARGET + "/pause", OPERATOR, "\"" + "x".repeat(300_000)).statusCode())
        .isEqualTo(413);
    HttpRequest form =
        request("POST", TARGET + "/pause", OPERATOR, "who=a&why=b")
            .setHeader("Content-Type", "application/x-www-form-urlencoded")
            .build();
    assertThat(client.send(form, BodyHandlers.ofString()).statusCode()).isEqualTo(415);
    assertThat(text("select state from bridge.target where name = 'odoo'")).isEqualTo("running");
  }

  @Test
  void aBrowserNeedsTheCsrfTokenToAct() throws Exception {
    HttpRequest.Builder forged =
        request("POST", TARGET + "/pause", OPERATOR, "{\"why\":\"x\"}")
            .header("Origin", "http://127.0.0.1:" + port);
    assertThat(client.send(forged.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(403);
    assertThat(text("select state from bridge.target where name = 'odoo'")).isEqualTo("running");

    HttpRequest own = forged.header("Cookie", "XSRF-TOKEN=t").header("X-XSRF-TOKEN", "t").build();
    assertThat(client.send(own, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }

  private JsonNode act(String body) throws Exception {
    return json.readTree(call("POST", TARGET + "/pause", OPERATOR, body).body());
  }
}
