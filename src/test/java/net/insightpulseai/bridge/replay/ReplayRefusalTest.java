package net.insightpulseai.bridge.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the replays' routes do not do, and what they say then. */
class ReplayRefusalTest extends ReplayRoutesFixture {

  @Test
  void anUnsignedReplayIsRefused() {
    String body = "{\"events\":[1]}";
    assertThat(post(REPLAY, body).statusCode()).isEqualTo(401);
    assertThat(post(REPLAY, body, "x-signature", "dummy").statusCode()).isEqualTo(401);
    assertThat(post(REPLAY, body, "apikey", serviceKey()).statusCode()).isEqualTo(401);
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
        "{\"since\":\"2026-01-01T00:00:00\",\"until\":\"2026-01-02T00:00:00Z\"} | since must be a time with an offset",
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
}
