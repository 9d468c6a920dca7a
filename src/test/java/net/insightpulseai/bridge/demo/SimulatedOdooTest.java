package net.insightpulseai.bridge.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.TestOdoo;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

@TestPropertySource(properties = {"bridge.odoo.simulated=true", "bridge.odoo.base-url="})
class SimulatedOdooTest extends BridgeTest {

  private static final String APPLY = "/simulated-odoo/api/agent/apply";
  private static final String PUSH = "/simulated-odoo/api/agent/event_push";
  private static final String INFO = "/simulated-odoo/api/agent/info";
  private static final String PING = "{\"action\":\"bridge.ping\",\"args\":{}}";

  @Test
  void anActionFromTheQueueIsAppliedByIt() {
    jdbc()
        .update(
            "insert into public.odoo_action_outbox (action, args) values ('account.move.post', '{\"id\": 1234}')");

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(
                        jdbc()
                            .queryForMap(
                                "select status, response_body::jsonb #>> '{result,name}' as name from public.odoo_action_outbox"))
                    .containsEntry("status", "applied")
                    .containsEntry("name", "INV/2026/01234"));
  }

  @Test
  void wrongKeyOrSignatureIs401() {
    assertRefused(post(APPLY, PING, "x-signature", sign(PING)), 401, "unauthorized");
    assertRefused(
        post(APPLY, PING, "x-signature", sign(PING), "x-api-key", "other"), 401, "unauthorized");
    assertRefused(post(APPLY, PING, "x-api-key", TestOdoo.TOKEN), 401, "unauthorized");
    assertRefused(
        post(APPLY, PING + " ", "x-api-key", TestOdoo.TOKEN, "x-signature", sign(PING)),
        401,
        "unauthorized");
  }

  @Test
  void anotherAudienceOrAnOldOrFutureTimestampIs401() {
    long now = Instant.now().getEpochSecond();
    for (String extra :
        new String[] {
          "\"audience\":\"odoo.event_push\"",
          "\"timestamp\":" + (now - 400),
          "\"timestamp\":" + (now + 400),
          "\"timestamp\":\"now\""
        }) {
      assertRefused(apply("bridge.ping", "{}", extra), 401, "unauthorized");
    }
    assertThat(
            apply("bridge.ping", "{}", "\"audience\":\"odoo.apply\",\"timestamp\":" + (now - 200))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void theHeartbeatIsAnsweredByAnEvent() {
    assertThat(apply("bridge.ping", "{\"heartbeat\":true}", null).statusCode()).isEqualTo(200);
    await()
        .untilAsserted(
            () ->
                assertThat(
                        text(
                            "select string_agg(source || ' ' || event_type, ',') from public.audit_event"))
                    .isEqualTo("odoo bridge.heartbeat"));
  }

  @Test
  void aFormIs415BeforeItIsRead() {
    HttpResponse<String> response =
        post(
            APPLY,
            PING,
            "content-type",
            "application/x-www-form-urlencoded",
            "x-api-key",
            TestOdoo.TOKEN,
            "x-signature",
            sign(PING));

    assertRefused(response, 415, "wrong_content_type");
  }

  @Test
  void whatIsNoActionIs400() {
    assertRefused(signed(APPLY, "[]"), 400, "bad_request");
    assertRefused(signed(APPLY, "{\"action\""), 400, "bad_request");
    assertRefused(signed(APPLY, "{\"args\":{}}"), 400, "bad_request");
  }

  @Test
  void whatTheModuleCannotDoIsRefusedInItsWords() {
    assertRefused(apply("res.partner.fly", "{\"id\":1}", null), 422, "unknown_action");
    for (String id : new String[] {"\"abc\"", "0", "-1", "1.5", "true", "2147483648", "\"01\""}) {
      assertRefused(apply("account.move.post", "{\"id\":" + id + "}", null), 400, "bad_request");
    }
    assertRefused(apply("account.move.post", "{\"id\":1950}", null), 422, "user_error");
    assertRefused(
        apply("res.partner.update", "{\"id\":7,\"values\":{\"credit_limit\":\"9\"}}", null),
        422,
        "validation_error");
  }

  @Test
  void everyRecordThatIsNamedExists() {
    for (String id : new String[] {"1", "4711", "2147483647", "\"815\""}) {
      String update = "{\"id\":" + id + ",\"values\":{\"name\":\"n\",\"email\":false}}";
      assertThat(apply("res.partner.update", update, null).statusCode()).isEqualTo(200);
      String post = "{\"id\":" + id + "}";
      assertThat(apply("account.move.post", post, null).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void anUpdateThatExpectsAnotherValueIsStale() {
    assertThat(
            apply("res.partner.update", "{\"id\":8,\"values\":{\"name\":\"New\"}}", null)
                .statusCode())
        .isEqualTo(200);
    assertRefused(
        apply(
            "res.partner.update",
            "{\"id\":8,\"values\":{\"name\":\"Newer\"},\"expect\":{\"name\":\"Partner 8\"}}",
            null),
        409,
        "stale");
  }

  @Test
  void theSameKeyHasOneEffectAndAnotherBodyIsRefused() {
    String key = "\"idempotency_key\":\"" + UUID.randomUUID() + "\"";

    HttpResponse<String> first = apply("account.move.post", "{\"id\":1500}", key);
    HttpResponse<String> again =
        apply("account.move.post", "{\"id\":1500}", key + ",\"timestamp\":" + now());
    HttpResponse<String> other = apply("account.move.post", "{\"id\":1501}", key);

    assertThat(first.body()).contains("\"replayed\":false").doesNotContain("already_applied");
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).contains("\"replayed\":true").doesNotContain("already_applied");
    assertRefused(other, 422, "idempotency_key_reused");
  }

  @Test
  void aRefusalLeavesNoReceipt() {
    String key = "\"idempotency_key\":\"" + UUID.randomUUID() + "\"";

    assertRefused(apply("account.move.post", "{\"id\":1999}", key), 422, "user_error");
    assertThat(apply("account.move.post", "{\"id\":1502}", key).statusCode()).isEqualTo(200);
  }

  @Test
  void anEventIsTakenOnce() {
    String event =
        "{\"event_id\":\"%s\",\"event_type\":\"crm.lead.won\",\"audience\":\"odoo.event_push\"}"
            .formatted(UUID.randomUUID());

    assertThat(signed(PUSH, event).statusCode()).isEqualTo(202);
    HttpResponse<String> again = signed(PUSH, event);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).contains("\"duplicate\":true");
  }

  @Test
  void itTellsAboutItselfToTheKeyOnly() {
    assertThat(get(INFO).statusCode()).isEqualTo(401);
    assertThat(get(INFO, "x-api-key", TestOdoo.TOKEN).body())
        .contains(
            "\"db_uuid\"",
            "{\"name\":\"account.move.post\",\"batchable\":true}",
            "{\"name\":\"bridge.ping\",\"batchable\":false}",
            "\"batch\":{\"max\":20,\"budget_ms\":5000}");
  }

  @Test
  void severalActionsInOneCallHaveAResultEachAndOneThatFailsHarmsNoOther() {
    String batch =
        """
        {"actions":[
          {"action":"account.move.post","args":{"id":1600},"idempotency_key":"b-1"},
          {"action":"account.move.post","args":{"id":1950},"idempotency_key":"b-2"},
          {"action":"bridge.ping","args":{},"idempotency_key":"b-3"},
          {"action":"res.partner.update","args":{"id":9,"values":{"name":"n"}},"idempotency_key":"b-4"}],
         "audience":"odoo.apply"}""";

    JsonNode results = results(signed(APPLY, batch));

    assertThat(results.findValuesAsText("idempotency_key"))
        .containsExactly("b-1", "b-2", "b-3", "b-4");
    assertThat(results.findValuesAsText("status")).containsExactly("200", "422", "422", "200");
    assertThat(results.findValuesAsText("code"))
        .containsExactly("ok", "user_error", "not_batchable", "ok");
    assertThat(results(signed(APPLY, batch)).findValuesAsText("code"))
        .containsExactly("replayed", "user_error", "not_batchable", "replayed");
  }

  @Test
  void whatIsNoBatchIs400() {
    assertRefused(signed(APPLY, "{\"actions\":{}}"), 400, "bad_request");
    assertRefused(signed(APPLY, "{\"actions\":[]}"), 400, "bad_request");
    assertRefused(signed(APPLY, "{\"actions\":[" + "1,".repeat(20) + "1]}"), 400, "bad_request");
  }

  private static JsonNode results(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(200);
    try {
      return new ObjectMapper().readTree(response.body()).path("results");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpResponse<String> apply(String action, String args, String extra) {
    return signed(
        APPLY,
        "{\"action\":\"%s\",\"args\":%s%s}"
            .formatted(action, args, extra == null ? "" : "," + extra));
  }

  private HttpResponse<String> signed(String path, String body) {
    return post(path, body, "x-api-key", TestOdoo.TOKEN, "x-signature", sign(body));
  }

  private static long now() {
    return Instant.now().getEpochSecond();
  }

  private static void assertRefused(HttpResponse<String> response, int status, String code) {
    assertThat(response.body()).contains("\"ok\":false", "\"code\":\"" + code + "\"");
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().map()).doesNotContainKeys("x-api-key", "x-signature");
  }
}
