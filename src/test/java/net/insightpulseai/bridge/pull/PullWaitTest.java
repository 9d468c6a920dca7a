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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Requests that wait until there is an event. */
class PullWaitTest extends PullRequests {

  private final ExecutorService callers = Executors.newCachedThreadPool();
  @Autowired private PullWaits waits;

  @AfterEach
  void stop() {
    callers.shutdownNow();
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
  void whoMayNotFetchAnyMoreGetsNothingForHavingWaited() throws Exception {
    String secret = subscribe("ci", "\"event_types\":[\"a.*\"]");
    CompletableFuture<HttpResponse<String>> waiting = waiting("ci", "?wait=30s", secret);
    post(ALL + "/ci/rotate-secret", "{\"overlap\":\"PT0S\"}", "apikey", serviceKey());
    store("a.b", 1);
    assertThat(answer(waiting).statusCode()).isEqualTo(401);

    waiting = waiting("ci", "?wait=30s&after=" + end(), serviceKey());
    post(ALL + "/ci/pause", "{\"who\":\"ada\",\"why\":\"a test\"}", "apikey", serviceKey());
    store("a.b", 2);
    assertThat(answer(waiting).statusCode()).isEqualTo(409);
    assertThat(messageOf(answer(waiting))).contains("paused by ada: a test");
  }

  @Test
  void oneThatIsMovedBackWhileItWaitsIsAnsweredFromThere() throws Exception {
    String secret = subscribe("ci", "\"event_types\":[\"a.*\"]");
    store("a.b", 1);
    String end = position(fetch("ci", "", secret));
    CompletableFuture<HttpResponse<String>> waiting =
        waiting("ci", "?wait=30s&after=" + end, secret);
    move("ci", "\"beginning\"");
    store("a.b", 2);
    assertThat(ids(new ObjectMapper().readTree(answer(waiting).body()))).hasSize(2);
  }

  @Test
  void oneSubscriberLeavesPlacesForTheOthers() throws Exception {
    String secret = subscribe("ci", "\"event_types\":[\"a.*\"]");
    String other = subscribe("other", "\"event_types\":[\"b.*\"]");
    List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
    for (int n = 1; n <= 40; n++) {
      waiting.add(waiting("ci", "?wait=25s", secret));
    }
    HttpResponse<String> refused = pull("ci", "?wait=25s", secret);
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(messageOf(refused)).contains("40 requests of this subscriber");
    assertThat(pull("ci", "", secret).statusCode()).isEqualTo(200);
    waiting.add(waiting("other", "?wait=25s", other));
    store("a.b", 1);
    store("b.c", 1);
    for (CompletableFuture<HttpResponse<String>> one : waiting) {
      assertThat(answer(one).statusCode()).isEqualTo(200);
    }
    assertThat(answer(waiting("ci", "?wait=1s&after=" + end(), secret)).statusCode())
        .as("their places are free again")
        .isEqualTo(200);
  }

  /** A request that waits already. */
  private CompletableFuture<HttpResponse<String>> waiting(String name, String query, String key) {
    int before = waits.waiting();
    CompletableFuture<HttpResponse<String>> answer =
        CompletableFuture.supplyAsync(() -> pull(name, query, key), callers);
    await().atMost(Duration.ofSeconds(20)).until(() -> waits.waiting() == before + 1);
    return answer;
  }

  private static HttpResponse<String> answer(CompletableFuture<HttpResponse<String>> waiting) {
    assertThat(waiting).succeedsWithin(Duration.ofSeconds(20));
    return waiting.join();
  }

  /** The position of the newest event. */
  private String end() throws Exception {
    return position(fetch("ci", "?limit=1000", serviceKey()));
  }

  @Test
  void waitingHoldsNeitherAPlaceNorAConnectionAndIsBounded() throws Exception {
    String secret = subscribe("ci", "\"event_types\":[\"a.*\"]");
    String other = subscribe("other", "\"event_types\":[\"a.*\"]");
    List<CompletableFuture<JsonNode>> waiting = new ArrayList<>();
    // A few at a time: more than 64 that begin at once are too many of any kind.
    for (int n = 1; n <= 80; n++) {
      String name = n % 2 == 0 ? "ci" : "other";
      String key = n % 2 == 0 ? secret : other;
      waiting.add(
          CompletableFuture.supplyAsync(() -> fetchOrFail(name, "?wait=25s", key), callers));
      int begun = n;
      if (n % 20 == 0) {
        await().atMost(Duration.ofSeconds(10)).until(() -> waits.waiting() == begun);
      }
    }
    String third = subscribe("third", "\"event_types\":[\"a.*\"]");
    HttpResponse<String> refused = pull("third", "?wait=25s", third);
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
}
