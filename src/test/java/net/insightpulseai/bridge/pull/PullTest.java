package net.insightpulseai.bridge.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.insightpulseai.bridge.BridgeTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** A subscriber that fetches its events. */
@TestPropertySource(properties = "bridge.pull.waiters=80")
class PullTest extends BridgeTest {

  private static final String ALL = "/bridge/subscribers";

  private final ExecutorService callers = Executors.newCachedThreadPool();
  @Autowired private PullWaits waits;

  @AfterEach
  void stop() {
    callers.shutdownNow();
  }

  @Test
  void whoAsksOnwardGetsEachEventOnceAndWhoRepeatsGetsThemAgain() throws Exception {
    String secret = subscribe("ci", "\"event_types\":[\"a.*\"]");
    for (int n = 1; n <= 5; n++) {
      store("a.b", n);
      store("b.c", n);
    }
    JsonNode first = fetch("ci", "?limit=2", secret);
    assertThat(ids(first)).hasSize(2);
    assertThat(ids(fetch("ci", "?limit=2", secret))).isEqualTo(ids(first));
    JsonNode second = fetch("ci", "?limit=2&after=" + first.path("position").asText(), secret);
    assertThat(ids(second)).doesNotContainAnyElementsOf(ids(first));
    assertThat(ids(fetch("ci", "", secret))).hasSize(3).startsWith(ids(second).get(0));
    assertThat(ids(fetch("ci", "?after=" + first.path("position").asText(), secret))).hasSize(3);
    JsonNode last = fetch("ci", "?after=" + second.path("position").asText(), secret);
    assertThat(ids(last)).hasSize(1);
    assertThat(last.path("more").asBoolean()).isFalse();
    assertThat(acknowledge("ci", last.path("position").asText(), secret).statusCode())
        .isEqualTo(200);
    assertThat(ids(fetch("ci", "", secret))).isEmpty();
    // What is behind already changes nothing.
    acknowledge("ci", first.path("position").asText(), secret);
    assertThat(ids(fetch("ci", "", secret))).isEmpty();
    assertThat(text("select count(*) from bridge.event_delivery")).isEqualTo("0");
  }

  @Test
  void anEventIsAsAWebhookGetsIt() throws Exception {
    String secret = subscribe("ci", "\"filter\":\"$.payload.total > 10\",\"fields\":[\"total\"]");
    jdbc()
        .update(
            "insert into public.audit_event (source, event_type, resource_id, payload) values"
                + " ('odoo', 'a.b', '7', '{\"total\": 5}'), ('odoo', 'a.b', '8', '{\"total\": 50, \"phone\": 1}')");
    JsonNode event = fetch("ci", "", secret).path("events").path(0);
    assertThat(event.path("resource_id").asText()).isEqualTo("8");
    assertThat(event.path("payload").toString()).isEqualTo("{\"total\":50}");
    assertThat(event.path("event_id").asText()).startsWith("evt_");
  }

  @Test
  void aRequestThatWaitsIsAnsweredWhenAnEventComes() throws Exception {
    String secret = subscribe("ci", "\"event_types\":[\"a.*\"]");
    CompletableFuture<JsonNode> waiting =
        CompletableFuture.supplyAsync(() -> fetchOrFail("ci", "?wait=20s", secret), callers);
    await().until(() -> waits.waiting() == 1);
    store("b.c", 1);
    store("a.b", 2);
    assertThat(waiting)
        .succeedsWithin(Duration.ofSeconds(10))
        .satisfies(answer -> assertThat(ids(answer)).hasSize(1));
    long begun = System.nanoTime();
    JsonNode none =
        fetch("ci", "?wait=1s&after=" + waiting.get().path("position").asText(), secret);
    assertThat(ids(none)).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void waitingHoldsNeitherAPlaceNorAConnectionAndIsBounded() throws Exception {
    String secret = subscribe("ci", "\"event_types\":[\"a.*\"]");
    List<CompletableFuture<JsonNode>> waiting = new ArrayList<>();
    // A few at a time: more than 64 that begin at once are too many of any kind.
    for (int n = 1; n <= 80; n++) {
      waiting.add(
          CompletableFuture.supplyAsync(() -> fetchOrFail("ci", "?wait=25s", secret), callers));
      int begun = n;
      if (n % 20 == 0) {
        await().atMost(Duration.ofSeconds(10)).until(() -> waits.waiting() == begun);
      }
    }
    HttpResponse<String> refused = pull("ci", "?wait=25s", secret);
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("retry-after")).isPresent();
    assertThat(ids(fetch("ci", "", secret))).isEmpty();
    assertThat(get("/bridge/events", "apikey", serviceKey()).statusCode()).isEqualTo(200);
    store("a.b", 1);
    for (CompletableFuture<JsonNode> one : waiting) {
      assertThat(one)
          .succeedsWithin(Duration.ofSeconds(15))
          .satisfies(answer -> assertThat(ids(answer)).hasSize(1));
    }
  }

  @Test
  void onlyItsOwnSecretAndTheServiceKeyOpenIt() throws Exception {
    String secret = subscribe("ci", "\"event_types\":[\"a.*\"]");
    String other = subscribe("other", "\"event_types\":[\"a.*\"]");
    assertThat(secret).startsWith("pull_");
    assertThat(pull("ci", "", secret).statusCode()).isEqualTo(200);
    assertThat(get(ALL + "/ci/events", "authorization", "Bearer " + secret).statusCode())
        .isEqualTo(200);
    assertThat(pull("ci", "", serviceKey()).statusCode()).isEqualTo(200);
    assertThat(pull("ci", "", other).statusCode()).isEqualTo(401);
    assertThat(pull("none", "", other).statusCode()).isEqualTo(401);
    assertThat(pull("none", "", serviceKey()).statusCode()).isEqualTo(404);
    assertThat(get(ALL + "/ci/events").statusCode()).isEqualTo(401);
    assertThat(get(ALL, "apikey", secret).statusCode()).isEqualTo(401);
    assertThat(
            post(
                    ALL + "/ci/position",
                    "{\"from\":\"now\",\"who\":\"a\",\"why\":\"b\"}",
                    "apikey",
                    secret)
                .statusCode())
        .isEqualTo(401);
    jdbc().update("insert into bridge.subscriber (name, kind) values ('live', 'realtime')");
    assertThat(pull("live", "", serviceKey()).statusCode()).isEqualTo(409);
    String rotated =
        new ObjectMapper()
            .readTree(
                post(ALL + "/ci/rotate-secret", "{\"overlap\":\"PT0S\"}", "apikey", serviceKey())
                    .body())
            .path("secret")
            .asText();
    assertThat(pull("ci", "", rotated).statusCode()).isEqualTo(200);
    await().untilAsserted(() -> assertThat(pull("ci", "", secret).statusCode()).isEqualTo(401));
  }

  @Test
  void whatIsAskedWronglyIsRefused() throws Exception {
    String secret = subscribe("ci", "\"event_types\":[\"a.*\"]");
    for (String query :
        List.of("?after=x", "?limit=0", "?limit=1001", "?wait=51s", "?wait=soon", "?befor=1")) {
      assertThat(pull("ci", query, secret).statusCode()).as(query).isEqualTo(400);
    }
    assertThat(acknowledge("ci", "x", secret).statusCode()).isEqualTo(400);
    assertThat(post(ALL + "/ci/test", "", "apikey", serviceKey()).statusCode()).isEqualTo(409);
    assertThat(
            post(ALL, "{\"name\":\"p\",\"kind\":\"pull\",\"slots\":3}", "apikey", serviceKey())
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void aStoppedOneGetsNothingUntilItIsResumed() throws Exception {
    String secret = subscribe("ci", "\"event_types\":[\"a.*\"]");
    store("a.b", 1);
    post(ALL + "/ci/pause", "{\"who\":\"ada\",\"why\":\"a test\"}", "apikey", serviceKey());
    HttpResponse<String> stopped = pull("ci", "", secret);
    assertThat(stopped.statusCode()).isEqualTo(409);
    assertThat(messageOf(stopped)).contains("paused by ada: a test");
    post(ALL + "/ci/resume", "{\"who\":\"ada\",\"why\":\"a test\"}", "apikey", serviceKey());
    assertThat(ids(fetch("ci", "", secret))).hasSize(1);
  }

  @Test
  void itCanBeMovedBackAndIsShownWithWhatIsBehindIt() throws Exception {
    store("a.b", 1);
    String secret = subscribe("ci", "\"event_types\":[\"a.*\"]");
    store("a.b", 2);
    assertThat(ids(fetch("ci", "", secret))).hasSize(1);
    JsonNode shown = new ObjectMapper().readTree(get(ALL + "/ci", "apikey", serviceKey()).body());
    assertThat(shown.path("open").asInt()).isPositive();
    for (String from : List.of("\"beginning\"", "1")) {
      assertThat(move("ci", from).statusCode()).isEqualTo(200);
      assertThat(ids(fetch("ci", "", secret))).hasSize(2);
    }
    move("ci", "\"now\"");
    assertThat(ids(fetch("ci", "", secret))).isEmpty();
    assertThat(move("ci", "\"tomorrow\"").statusCode()).isEqualTo(400);
    assertThat(
            text(
                "select count(*) from public.audit_event where event_type = 'bridge.subscriber.moved'"))
        .isEqualTo("3");
  }

  @Test
  void explainSaysWhatWasFetched() throws Exception {
    String secret = subscribe("ci", "\"event_types\":[\"a.*\"]");
    String event =
        text(
            "insert into public.audit_event (source, event_type) values ('odoo', 'a.b') returning id");
    assertThat(explained(event)).contains("\"state\":\"unfetched\"");
    acknowledge("ci", fetch("ci", "", secret).path("position").asText(), secret);
    assertThat(explained(event)).contains("\"state\":\"fetched\"");
  }

  private String explained(String event) {
    return get("/bridge/events/" + event + "/deliveries", "apikey", serviceKey()).body();
  }

  private String subscribe(String name, String fields) throws Exception {
    HttpResponse<String> created =
        post(
            ALL,
            "{\"name\":\"" + name + "\",\"kind\":\"pull\"," + fields + "}",
            "apikey",
            serviceKey());
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    return new ObjectMapper().readTree(created.body()).path("secret").asText();
  }

  private void store(String type, int resource) {
    jdbc()
        .update(
            "insert into public.audit_event (source, event_type, resource_id) values ('odoo', ?, ?)",
            type,
            String.valueOf(resource));
  }

  private HttpResponse<String> pull(String name, String query, String key) {
    return get(ALL + "/" + name + "/events" + query, "apikey", key);
  }

  private JsonNode fetch(String name, String query, String key) throws Exception {
    HttpResponse<String> answer = pull(name, query, key);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body());
  }

  private JsonNode fetchOrFail(String name, String query, String key) {
    try {
      return fetch(name, query, key);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpResponse<String> acknowledge(String name, String position, String key) {
    return post(ALL + "/" + name + "/ack", "{\"position\":\"" + position + "\"}", "apikey", key);
  }

  private HttpResponse<String> move(String name, String from) {
    return post(
        ALL + "/" + name + "/position",
        "{\"from\":" + from + ",\"who\":\"ada\",\"why\":\"a test\"}",
        "apikey",
        serviceKey());
  }

  private static List<String> ids(JsonNode answer) {
    List<String> ids = new ArrayList<>();
    answer.path("events").forEach(event -> ids.add(event.path("id").asText()));
    return ids;
  }
}
