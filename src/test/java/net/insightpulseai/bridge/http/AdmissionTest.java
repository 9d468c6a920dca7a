package net.insightpulseai.bridge.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AdmissionTest extends EdgeTest {

  private static final String HELD = "/bridge/event/held";
  private static final int PERMITS = 4;

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void overloadIsAnsweredAtOnceAndNeverWith500() {
    List<CompletableFuture<HttpResponse<String>>> admitted = fill(HELD, PERMITS);
    Instant start = Instant.now();
    for (int i = 0; i < 20; i++) {
      HttpResponse<String> refused = post("/functions/v1/odoo_event_ingest", "{}");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("retry-after")).contains("1");
      assertThat(refused.headers().firstValue("access-control-allow-origin")).contains("*");
    }
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
    assertThat(lastRefused().reason()).isEqualTo("overloaded");
    held.open();
    admitted.forEach(one -> assertThat(one.join().statusCode()).isEqualTo(200));
    await().untilAsserted(() -> assertThat(admission.unused()).isTrue());
    assertThat(post("/bridge/event/test", "{}").statusCode()).isEqualTo(401);
  }

  @Test
  void othersWhoWaitTakeNoPlaceOfIngest() {
    List<CompletableFuture<HttpResponse<String>>> admitted = fill("/test/held", 64);
    assertThat(post("/test/open", "{}").statusCode()).isEqualTo(503);
    assertThat(postSigned("/bridge/event/test", "{}").statusCode()).isEqualTo(200);
    held.open();
    admitted.forEach(one -> assertThat(one.join().statusCode()).isEqualTo(200));
  }

  @Test
  void bodiesHaveTheirOwnBound() {
    List<CompletableFuture<HttpResponse<String>>> admitted =
        IntStream.range(0, 3).mapToObj(i -> start(HELD, new byte[LIMIT])).toList();
    await().untilAsserted(() -> assertThat(held.inside()).isEqualTo(3));
    assertThat(post(HELD, new byte[1]).statusCode()).isEqualTo(503);
    held.open();
    admitted.forEach(one -> assertThat(one.join().statusCode()).isEqualTo(200));
  }

  @Test
  void whoAnnouncesMuchAndSendsLittleHoldsLittle() {
    held.open();
    String announced = "POST " + HELD + " HTTP/1.1\nhost: x\ncontent-length: " + LIMIT + "\n\n{";
    try (RawHttp one = new RawHttp(url("/"));
        RawHttp two = new RawHttp(url("/"));
        RawHttp three = new RawHttp(url("/"))) {
      for (RawHttp slow : List.of(one, two, three)) {
        slow.send(announced);
      }
      assertThat(post(HELD, new byte[LIMIT]).statusCode()).isEqualTo(200);
    }
    await().untilAsserted(() -> assertThat(admission.unused()).isTrue());
  }

  @Test
  void slowBodiesGiveWayToQuickEvents() {
    String most = "x".repeat(LIMIT - 1);
    try (RawHttp one = new RawHttp(url("/"));
        RawHttp two = new RawHttp(url("/"));
        RawHttp three = new RawHttp(url("/"))) {
      for (RawHttp slow : List.of(one, two, three)) {
        slow.send(
            "POST /bridge/event/test HTTP/1.1\nhost: x\nx-signature: 00\ncontent-length: "
                + LIMIT
                + "\n\n"
                + most);
      }
      await()
          .untilAsserted(
              () -> assertThat(postSigned("/bridge/event/test", "{}").statusCode()).isEqualTo(200));
      for (int i = 0; i < 20; i++) {
        assertThat(postSigned("/bridge/event/test", "{}").statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void slowBodiesTakeNoPlace() {
    List<RawHttp> slow = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      slow.add(new RawHttp(url("/")));
      slow.get(i)
          .send(
              "POST "
                  + (i % 2 == 0 ? "/bridge/event/test" : "/test/open")
                  + " HTTP/1.1\nhost: x\nx-signature: 00\ncontent-length: 9\n\n{");
    }
    assertThat(postSigned("/bridge/event/test", "{}").statusCode()).isEqualTo(200);
    assertThat(post("/test/open", "{}").statusCode()).isEqualTo(200);
    assertThat(get("/health").statusCode()).isEqualTo(200);
    slow.forEach(RawHttp::close);
  }

  @Test
  void whoComesWhenAllConnectionsAreTakenIsTurnedAway() {
    List<RawHttp> idle = new ArrayList<>();
    for (int i = 0; i < MOST_CONNECTIONS; i++) {
      idle.add(new RawHttp(url("/")));
    }
    try (RawHttp oneMore = new RawHttp(url("/"))) {
      assertThat(oneMore.isTurnedAway()).isTrue();
    } finally {
      idle.forEach(RawHttp::close);
    }
    await().ignoreExceptions().until(() -> get("/health").statusCode() == 200);
  }

  @Test
  void announcedSizeOverTheLimitIsRefusedBeforeAByteIsSent() {
    try (RawHttp raw = new RawHttp(url("/"))) {
      String status =
          raw.send("POST /bridge/event/test HTTP/1.1\nhost: x\n")
              .send("content-length: " + (LIMIT + 1) + "\n\n")
              .status();
      assertThat(status).startsWith("HTTP/1.1 413");
    }
    assertThat(lastRefused().reason()).isEqualTo("body_too_large");
    assertThat(lastRefused().size()).isEqualTo(LIMIT + 1);
  }

  @Test
  void bodyOfExactlyTheLimitPasses() {
    byte[] body = new byte[LIMIT];
    assertThat(post("/bridge/event/test", body, "x-signature", sign(body)).body())
        .isEqualTo(Integer.toString(LIMIT));
  }

  @Test
  void chunkedBodyOverTheLimitIsRefused() throws Exception {
    HttpResponse<String> response = chunked(new byte[LIMIT + 1]);
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.body()).contains("body_too_large", Integer.toString(LIMIT));
  }

  @Test
  void chunkedBodyWithinTheLimitPasses() throws Exception {
    assertThat(chunked(new byte[LIMIT]).body()).isEqualTo(Integer.toString(LIMIT));
  }

  @Test
  void clientWhoLeavesAmidItsBodyKeepsNoPlace() {
    for (int i = 0; i < 3 * PERMITS; i++) {
      try (RawHttp raw = new RawHttp(url("/"))) {
        raw.send("POST " + HELD + " HTTP/1.1\nhost: x\ncontent-length: 1000\n\nonly this");
      }
    }
    await().untilAsserted(() -> assertThat(admission.unused()).isTrue());
  }

  @Test
  void clientWhoLeavesWhileItIsServedKeepsNoPlace() {
    for (int i = 0; i < PERMITS; i++) {
      try (RawHttp raw = new RawHttp(url("/"))) {
        raw.send("POST " + HELD + " HTTP/1.1\nhost: x\ncontent-length: 2\n\n{}");
        int served = i + 1;
        await().untilAsserted(() -> assertThat(held.inside()).isEqualTo(served));
      }
    }
    held.open();
    await().untilAsserted(() -> assertThat(admission.unused()).isTrue());
  }

  @Test
  void bodyThatStopsComingIsGivenUp() {
    try (RawHttp raw = new RawHttp(url("/"))) {
      String status =
          raw.send("POST /bridge/event/held HTTP/1.1\nhost: x\ncontent-length: 9\n\n{").status();
      assertThat(status).startsWith("HTTP/1.1 408");
    }
  }

  private List<CompletableFuture<HttpResponse<String>>> fill(String path, int permits) {
    List<CompletableFuture<HttpResponse<String>>> requests =
        IntStream.range(0, permits).mapToObj(i -> start(path, "{}".getBytes(UTF_8))).toList();
    await().untilAsserted(() -> assertThat(held.inside()).isEqualTo(permits));
    return requests;
  }

  private CompletableFuture<HttpResponse<String>> start(String path, byte[] body) {
    return http.sendAsync(
        HttpRequest.newBuilder(URI.create(url(path)))
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> chunked(byte[] body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(url("/bridge/event/test")))
            .header("x-signature", sign(body))
            .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
            .build(),
        BodyHandlers.ofString());
  }
}
