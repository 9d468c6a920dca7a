package net.insightpulseai.bridge.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** By what an event is recognized when it comes again. */
class EventIdentityTest extends IngestRouteFixture {

  @Test
  void theSameEventAHundredTimesAtOnceIsOneRowAnd100Times200() throws Exception {
    String body = "{\"event_type\":\"a\",\"event_id\":\"e1\",\"payload\":{\"n\":1}}";
    ExecutorService callers = Executors.newFixedThreadPool(100);
    List<HttpResponse<String>> responses = new ArrayList<>();
    try {
      Callable<HttpResponse<String>> call = () -> postSigned(INGEST, body);
      for (Future<HttpResponse<String>> response :
          callers.invokeAll(IntStream.range(0, 100).mapToObj(i -> call).toList())) {
        responses.add(response.get());
      }
    } finally {
      callers.shutdown();
    }
    assertThat(responses).allMatch(response -> response.statusCode() == 200);
    assertThat(responses)
        .filteredOn(response -> !read(response).get("duplicate").booleanValue())
        .hasSize(1);
    assertThat(responses.stream().map(response -> read(response).get("id").longValue()).distinct())
        .hasSize(1);
    assertThat(payloads()).hasSize(1);
  }

  @Test
  void withoutAnIdOnlyWhatSaysWhenItHappenedIsRecognized() {
    String tick = "{\"event_type\":\"a.b\",\"payload\":{\"qty\":1}}";
    String dated = "{\"event_type\":\"a.b\",\"occurred_at\":\"2026-11-29T10:00:00.5Z\"}";
    for (int i = 0; i < 5; i++) {
      assertThat(read(postSigned(INGEST, tick)).get("duplicate").booleanValue()).isFalse();
      assertThat(read(postSigned(INGEST, dated)).get("duplicate").booleanValue()).isEqualTo(i > 0);
    }
    assertThat(payloads()).hasSize(6);
  }

  @Test
  void anotherBodyUnderTheSameIdIsAConflict() {
    postSigned(INGEST, "{\"event_type\":\"a\",\"event_id\":\"e1\",\"payload\":1}");
    HttpResponse<String> response =
        postSigned(INGEST, "{\"event_type\":\"a\",\"event_id\":\"e1\",\"payload\":2}");
    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(response.body()).contains("event_id e1");
    assertThat(payloads()).containsExactly("1");
  }

  @Test
  void idsOfTwoSourcesDoNotMeet() {
    String body = "{\"event_type\":\"a\",\"event_id\":\"e1\"}";
    postSigned(INGEST, body);
    assertThat(read(postSigned("/bridge/event", body)).get("duplicate").booleanValue()).isFalse();
    assertThat(payloads()).hasSize(2);
  }

  @Test
  void anUnsignedHeaderGivesAnEventNoId() {
    String body = "{\"event_type\":\"a\"}";
    for (int i = 0; i < 2; i++) {
      HttpResponse<String> response =
          post(INGEST, body, "x-signature", sign(body), "x-idempotency-key", "k", "event-id", "k");
      assertThat(read(response).get("duplicate").booleanValue()).isFalse();
    }
    assertThat(payloads()).hasSize(2);
  }

  @Test
  void aSignedWebhookIdIsTheEventsId() throws Exception {
    String body = "{\"event_type\":\"a\"}";
    Webhook webhook = new Webhook(Base64.getEncoder().encodeToString(SECRET.getBytes(UTF_8)));
    long now = Instant.now().getEpochSecond();
    for (boolean duplicate : new boolean[] {false, true}) {
      HttpResponse<String> response =
          post(
              INGEST,
              body,
              "webhook-id",
              "msg_1",
              "webhook-timestamp",
              Long.toString(now),
              "webhook-signature",
              webhook.sign("msg_1", now, body));
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(read(response).get("duplicate").booleanValue()).isEqualTo(duplicate);
    }
    assertThat(
            jdbc()
                .queryForObject("select meta ->> 'event_id' from public.audit_event", String.class))
        .isEqualTo("msg_1");
  }
}
