package net.insightpulseai.bridge.replay;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.List;
import net.insightpulseai.bridge.BridgeTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /bridge/replay} and what an operator does with the jobs it makes. */
class ReplayRouteTest extends BridgeTest {

  private static final String REPLAY = "/bridge/replay";
  private static final String SAID = "\"who\":\"ada\",\"why\":\"the disk was full\"";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Three events that a subscriber gets, who is paused so that nothing is sent. */
  @BeforeEach
  void insertEvents() {
    jdbc()
        .update(
            "insert into public.audit_event (source, event_type, resource_id)"
                + " select 'odoo', 'res.partner.updated', n::text from generate_series(1, 3) n");
    jdbc()
        .update(
            "insert into bridge.subscriber (name, kind, url) values ('n8n', 'webhook', 'http://127.0.0.1:9/')");
    jdbc()
        .update(
            "insert into bridge.target (name, state) values ('subscriber:1', 'paused')"
                + " on conflict (name) do update set state = 'paused'");
  }

  @Test
  void anUnsignedReplayIsRefused() {
    String body = "{\"events\":[1]}";
    assertThat(post(REPLAY, body).statusCode()).isEqualTo(401);
    assertThat(post(REPLAY, body, "x-signature", "dummy").statusCode()).isEqualTo(401);
    assertThat(post(REPLAY, body, "apikey", serviceKey()).statusCode()).isEqualTo(401);
  }

  @Test
  void theDocumentsBodyStoresAnEventAsBridgeEventDoes() {
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
  void aBodyThatIsSignedForAnotherEndpointIsRefused() {
    for (String audience : List.of("bridge.event", "bridge.apply", "odoo.apply")) {
      assertThat(
              postSigned(REPLAY, "{\"events\":[1],\"audience\":\"" + audience + "\"}").statusCode())
          .isEqualTo(401);
      assertThat(
              postSigned(REPLAY, "{\"event_type\":\"a.b\",\"audience\":\"" + audience + "\"}")
                  .statusCode())
          .isEqualTo(401);
    }
    json(postSigned(REPLAY, "{\"events\":[1],\"audience\":\"bridge.replay\"}"), 200);
    assertThat(
            postSigned("/bridge/event", "{\"event_type\":\"a.b\",\"audience\":\"bridge.replay\"}")
                .statusCode())
        .isEqualTo(401);
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
  void aChangeNeedsTheServiceKeyAndSomebodyWhoAnswersForIt() {
    String path = "/bridge/replays/1/pause";
    assertThat(post(path, "{\"who\":\"a\",\"why\":\"b\"}").statusCode()).isEqualTo(401);
    for (String body : List.of("", "{\"who\":\"a\"}", "{\"why\":\"b\"}", "[]", "{\"who\":1}")) {
      assertThat(post(path, body, "apikey", serviceKey()).statusCode()).as(body).isEqualTo(400);
    }
    assertThat(get("/bridge/replays").statusCode()).isEqualTo(401);
    assertThat(get("/bridge/replays/1").statusCode()).isEqualTo(401);
  }

  @Test
  void whoCannotGetAnythingIsNamed() {
    String selection = "{\"events\":[1],\"dry_run\":false," + SAID;
    assertThat(code(postSigned(REPLAY, selection + ",\"subscriber\":99}"), 422))
        .isEqualTo("unknown_subscriber");
    assertThat(code(postSigned(REPLAY, selection + ",\"subscriber\":\"nobody\"}"), 422))
        .isEqualTo("unknown_subscriber");
    assertThat(
            code(
                postSigned(
                    REPLAY,
                    "{\"events\":[9],\"dry_run\":false,\"subscriber\":\"n8n\"," + SAID + "}"),
                422))
        .isEqualTo("nothing_to_replay");
    jdbc().update("update bridge.target set state = 'disabled' where name = 'subscriber:1'");
    assertThat(code(postSigned(REPLAY, selection + ",\"subscriber\":\"n8n\"}"), 409))
        .isEqualTo("subscriber_disabled");
  }

  @Test
  void whereNobodyIsSubscribedThereIsNothingToReplay() {
    jdbc().update("delete from bridge.subscriber");
    JsonNode counts = json(postSigned(REPLAY, "{\"events\":[1,2]}"), 200);
    assertThat(counts.path("selected").longValue()).isEqualTo(2);
    assertThat(counts.path("deliveries").longValue()).isZero();
    assertThat(counts.path("by_subscriber")).isEmpty();
    assertThat(code(postSigned(REPLAY, "{\"events\":[1],\"dry_run\":false," + SAID + "}"), 422))
        .isEqualTo("nothing_to_replay");
  }

  @Test
  void theSameReplayTwiceIsOneJob() {
    String body = "{\"events\":[3,2,1,1],\"rate\":1,\"dry_run\":false," + SAID + "}";
    start(body);
    JsonNode again = json(postSigned(REPLAY, body.replace("[3,2,1,1]", "[1,2,3]")), 409);
    assertThat(again.path("code").textValue()).isEqualTo("already_running");
    assertThat(again.path("message").textValue()).contains("/bridge/replays/1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | events, correlation_id, record",
        "{\"events\":[1],\"record\":\"a:1\"} | found events, record",
        "{\"events\":[]} | events",
        "{\"events\":[0]} | events",
        "{\"events\":[1.5]} | events",
        "{\"events\":[{\"event_type\":\"a.b\"}]} | events",
        "{\"events\":\"1\"} | events",
        "{\"events\":[99999999999999999999]} | events",
        "{\"record\":\"42\"} | record",
        "{\"correlation_id\":\"1-1-1-1-1\"} | correlation_id",
        "{\"since\":\"2026-01-01T00:00:00Z\"} | until",
        "{\"since\":\"2026-01-01T00:00:00Z\",\"until\":\"2025-01-01T00:00:00Z\"} | until",
        "{\"since\":\"yesterday\",\"until\":\"2025-01-01T00:00:00Z\"} | since",
        "{\"since\":\"-999999999-01-01T00:00:00Z\",\"until\":\"2025-01-01T00:00:00Z\"} | since",
        "{\"since\":\"9999-12-31T23:00:00-18:00\",\"until\":\"9999-12-31T23:59:59-18:00\"} | since",
        "{\"since\":\"2026-01-01T00:00:00\",\"until\":\"2026-01-02T00:00:00Z\"} | since must be a time with its offset",
        "{\"since\":\"2026-01-01T02:00:00+02:00\",\"until\":\"2026-01-01T00:00:00Z\"} | until must be later than since",
        "{\"until\":\"2025-01-01T00:00:00Z\"} | since",
        "{\"events\":[1],\"event_types\":[\"a\"]} | event_types",
        "{\"since\":\"2025-01-01T00:00:00Z\",\"until\":\"2026-01-01T00:00:00Z\",\"event_types\":[\"a.*.b\"]} | event_types",
        "{\"since\":\"2025-01-01T00:00:00Z\",\"until\":\"2026-01-01T00:00:00Z\",\"event_types\":[\"\\ud800\"]} | event_types",
        "{\"since\":\"2025-01-01T00:00:00Z\",\"until\":\"2026-01-01T00:00:00Z\",\"sources\":[\"me\"]} | sources",
        "{\"events\":[1],\"subscriber\":true} | subscriber",
        "{\"events\":[1],\"rate\":0} | rate",
        "{\"events\":[1],\"rate\":1001} | rate",
        "{\"events\":[1],\"dry_run\":\"no\"} | dry_run",
        "{\"events\":[1],\"dry_run\":false,\"who\":\"ada\"} | why",
        "{\"events\":[1],\"dry_run\":false,\"why\":\"so\"} | who",
        "{\"event\":[1]} | event",
        "{\"events\":[1],\"dry_run\":true,\"dry_run\":false,\"who\":\"a\",\"why\":\"b\"} | twice",
        "{\"events\":[1],\"dry_run\":false,\"why\":\"so\",\"who\":\"a\\u0000b\"} | who",
        "{\"record\":\"a:\\u0000\"} | record",
        "{\"event_type\":\"a.b\",\"since\":\"2025-01-01T00:00:00Z\"} | event_types",
        "{\"event_type\":\"a.b\",\"dry_run\":true} | dry_run"
      })
  void aBodyThatIsNotUnderstoodIsRefusedByName(String body, String named) {
    JsonNode refused = json(postSigned(REPLAY, body), 400);
    assertThat(refused.path("message").textValue()).contains(named);
    assertThat(jdbc().queryForObject("select count(*) from bridge.replay", Long.class)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "[1]", "nonsense", "null", "\"text\""})
  void aBodyThatIsNoObjectIsRefused(String body) {
    assertThat(postSigned(REPLAY, body).statusCode()).isEqualTo(400);
  }

  @Test
  void aBadQuestionAboutReplaysIsRefused() {
    for (String query : List.of("status=over", "after=1", "limit=0", "before=x", "who=me")) {
      assertThat(get("/bridge/replays?" + query, "apikey", serviceKey()).statusCode())
          .as(query)
          .isEqualTo(400);
    }
    assertThat(get("/bridge/replays/x", "apikey", serviceKey()).statusCode()).isEqualTo(400);
    assertThat(get("/bridge/replays/1", "apikey", serviceKey()).statusCode()).isEqualTo(404);
  }

  private void start(String body) {
    json(postSigned(REPLAY, body), 202);
  }

  private JsonNode change(long id, String act, int status) {
    return json(
        post(
            "/bridge/replays/" + id + "/" + act,
            "{\"who\":\"grace\",\"why\":\"too loud\"}",
            "apikey",
            serviceKey()),
        status);
  }

  private JsonNode ask(String path) {
    return json(get(path, "apikey", serviceKey()), 200);
  }

  private static String code(HttpResponse<String> response, int status) {
    return json(response, status).path("code").textValue();
  }

  private static JsonNode json(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    try {
      return JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError(response.body(), e);
    }
  }
}
