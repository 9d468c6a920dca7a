package net.insightpulseai.bridge.replay;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code /bridge/replay} and what an operator does with the jobs it makes. */
class ReplayRouteTest extends ReplayRoutesFixture {

  @Test
  void theOriginalBodyStoresAnEventAsBridgeEventDoes() {
    String body = "{\"event_type\": \"test.event\", \"payload\": {}}";
    JsonNode replayed = json(postSigned(REPLAY, body), 200);
    JsonNode stored = json(postSigned("/bridge/event", body), 200);

    assertThat(names(replayed)).isEqualTo(names(stored));
    assertThat(
            jdbc()
                .queryForList(
                    "select source || ' ' || event_type || ' ' || payload from public.audit_event where id in (?, ?)",
                    String.class,
                    replayed.path("id").longValue(),
                    stored.path("id").longValue()))
        .containsExactly("supabase test.event {}", "supabase test.event {}");
    assertThat(json(postSigned(REPLAY, "{\"event_type\":\"\"}"), 400).path("code").textValue())
        .isEqualTo("missing_event_type");
  }

  private static List<String> names(JsonNode object) {
    return object.properties().stream().map(field -> field.getKey()).toList();
  }

  @Test
  void withoutAWordAboutItAReplayIsOnlyCounted() {
    JsonNode counts = json(postSigned(REPLAY, "{\"events\":[1,2,7]}"), 200);

    assertThat(counts.path("dry_run").booleanValue()).isTrue();
    assertThat(counts.path("events").longValue()).isEqualTo(2);
    assertThat(counts.path("deliveries").longValue()).isEqualTo(2);
    assertThat(counts.at("/by_subscriber/0/name").textValue()).isEqualTo("n8n");
    assertThat(counts.at("/by_subscriber/0/deliveries").longValue()).isEqualTo(2);
    assertThat(counts.at("/missing/0").longValue()).isEqualTo(7);
    assertThat(jdbc().queryForObject("select count(*) from bridge.replay", Long.class)).isZero();
  }

  @Test
  void aReplayRunsToItsEndAndShowsHowFarItIs() {
    HttpResponse<String> response =
        postSigned(REPLAY, "{\"record\":\"res.partner:2\",\"dry_run\":false," + SAID + "}");
    JsonNode started = json(response, 202);
    assertThat(started.path("events").longValue()).isEqualTo(1);
    assertThat(response.headers().firstValue("location").orElse(""))
        .isEqualTo("/bridge/replays/" + started.path("id"));

    await()
        .atMost(20, SECONDS)
        .until(() -> ask("/bridge/replays/1").path("status").textValue().equals("done"));
    JsonNode job = ask("/bridge/replays/1");
    assertThat(job.path("total").longValue()).isEqualTo(1);
    assertThat(job.path("events").longValue()).isEqualTo(1);
    assertThat(job.path("open").longValue()).isEqualTo(1);
    assertThat(job.path("delivered").longValue()).isZero();
    assertThat(job.at("/subscribers/0/name").textValue()).isEqualTo("n8n");
    assertThat(job.path("who").textValue()).isEqualTo("ada");
    assertThat(job.at("/filter/record").textValue()).isEqualTo("res.partner:2");
    assertThat(
            jdbc()
                .queryForObject(
                    "select count(*) from bridge.event_delivery where replay_id = 1 and event_id = 2",
                    Long.class))
        .isOne();
    assertThat(ask("/bridge/replays").path("replays")).hasSize(1);
    assertThat(ask("/bridge/replays?status=running").path("replays")).isEmpty();
  }

  @Test
  void anOperatorPausesResumesAndCancelsAReplay() {
    start("{\"events\":[1,2,3],\"rate\":1,\"dry_run\":false," + SAID + "}");

    assertThat(change(1, "pause", 200).path("status").textValue()).isEqualTo("paused");
    assertThat(change(1, "pause", 409).path("message").textValue()).contains("paused");
    JsonNode resumed = change(1, "resume", 200);
    assertThat(resumed.path("status").textValue()).isEqualTo("running");
    assertThat(resumed.path("eta").isTextual()).isTrue();
    JsonNode cancelled = change(1, "cancel", 200);
    assertThat(cancelled.path("status").textValue()).isEqualTo("cancelled");
    assertThat(cancelled.path("changed_by").textValue()).isEqualTo("grace");
    assertThat(cancelled.path("open").longValue()).isZero();
    assertThat(change(1, "resume", 409).path("message").textValue()).contains("cancelled");
    change(7, "pause", 404);
    assertThat(
            jdbc()
                .queryForList(
                    "select event_type from public.audit_event where source = 'bridge' order by id",
                    String.class))
        .containsExactly(
            "bridge.replay.started",
            "bridge.replay.paused",
            "bridge.replay.resumed",
            "bridge.replay.cancelled");
  }

  @Test
  void theSameReplayTwiceIsOneJob() {
    String body = "{\"events\":[3,2,1,1],\"rate\":1,\"dry_run\":false," + SAID + "}";
    start(body);
    JsonNode again = json(postSigned(REPLAY, body.replace("[3,2,1,1]", "[1,2,3]")), 409);
    assertThat(again.path("code").textValue()).isEqualTo("already_running");
    assertThat(again.path("message").textValue()).contains("/bridge/replays/1");
  }

  @Test
  void whatACrashLeftHalfDoneIsTakenUpWhereItStood() {
    jdbc()
        .update(
            "insert into bridge.replay (filter, subscribers, rate, cursor, until_id, total, events, deliveries, who, why, next_at)"
                + " values ('{\"events\": [1, 2, 3]}', '{1}', 100, 1, 3, 3, 1, 1, 'ada', 'a test', now() - interval '1 hour')");
    jdbc()
        .update(
            "insert into bridge.event_delivery (target, event_id, event_created_at, replay_id, ordering_key, idempotency_key, correlation_id)"
                + " select 'subscriber:1', id, created_at, 1, '', 'evt_1', correlation_id from public.audit_event where id = 1");

    await()
        .atMost(20, SECONDS)
        .until(() -> ask("/bridge/replays/1").path("status").textValue().equals("done"));

    assertThat(ask("/bridge/replays/1").path("deliveries").longValue()).isEqualTo(3);
    assertThat(
            jdbc()
                .queryForList(
                    "select event_id from bridge.event_delivery where replay_id = 1 order by id",
                    Long.class))
        .containsExactly(1L, 2L, 3L);
  }
}
