package net.insightpulseai.bridge.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.insightpulseai.bridge.BridgeTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalManagementPort;

/** The operations of the API on the management port, and who may call them there. */
class ConsoleOperationsTest extends BridgeTest {

  private static final String OPERATOR = "admin:" + ADMIN_PASSWORD;
  private static final String VIEWER = "viewer:" + VIEWER_PASSWORD;
  private static final String MARK = "only-for-the-operator";
  private static final String TARGET = "/bridge/targets/odoo";

  @LocalManagementPort private int port;

  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();

  @AfterEach
  void runAgain() {
    jdbc().update("update bridge.target set state = 'running', reason = null");
  }

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

  @ParameterizedTest
  @CsvSource({
    "POST, /bridge/targets/odoo/pause",
    "POST, /bridge/targets/odoo/resume",
    "POST, /bridge/route-versions/1/rollback",
    "POST, /bridge/route-versions/unpin",
    "POST, /bridge/actions/1/cancel",
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

  private JsonNode act(String body) throws Exception {
    return json.readTree(call("POST", TARGET + "/pause", OPERATOR, body).body());
  }

  private HttpResponse<String> call(String method, String path, String login, String body)
      throws Exception {
    return client.send(request(method, path, login, body).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String method, String path, String login, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.setHeader("Content-Type", "application/json");
    }
    return login.isEmpty()
        ? request
        : request.header(
            "Authorization", "Basic " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8)));
  }
}
