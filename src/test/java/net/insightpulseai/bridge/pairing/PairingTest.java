package net.insightpulseai.bridge.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.TestOdoo;
import net.insightpulseai.bridge.TestOdoo.Answer;
import net.insightpulseai.bridge.TestSubscriber;
import net.insightpulseai.bridge.outbox.CircuitBreakers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/**
 * A bridge of its own, because it is led astray; the shipped routes, real HTTP, a real database.
 */
@TestPropertySource(properties = "bridge.outbox.instance=led-astray")
class PairingTest extends BridgeTest {

  private static final String STRANGER = "00000000-0000-4000-8000-000000000001";
  private static final String PAIRING = "/bridge/pairing";
  private static final String WHO = "{\"who\":\"ada\",\"why\":\"moved\"}";

  @Autowired CircuitBreakers breakers;
  @Autowired PairedOdoo paired;
  @Autowired PairingControl control;

  @BeforeEach
  void pairWhatIsMetFirst() {
    jdbc().update("delete from bridge.pairing");
    paired.forget();
    assertThat(json(ask()).path("state").textValue()).isEqualTo("paired");
    awaitWorking();
  }

  @Test
  void theFirstOdooThatAnswersIsPairedWithoutAWord() {
    JsonNode answer = json(ask());

    assertThat(answer.path("ok").booleanValue()).isTrue();
    assertThat(answer.path("odoo_db_uuid").textValue()).isEqualTo(TestOdoo.DB_UUID);
    assertThat(answer.path("odoo_base_url").textValue()).isEqualTo(odoo().url());
    assertThat(answer.path("database_is_the_paired_one").booleanValue()).isTrue();
    assertThat(answer.path("copies_in_other_servers_are_noticed").booleanValue()).isTrue();
    assertThat(answer.path("paired_by").textValue()).isEqualTo("bridge");
    assertThat(healthWord()).isEqualTo("paired");
  }

  @Test
  void anotherOdooIsSentNothingUntilAnOperatorPairsIt() {
    odoo().answerInfo(call -> TestOdoo.introduced(STRANGER, true));
    lookAgain();
    awaitHealth("another_odoo");

    long id = queueAction();
    stays(id);

    JsonNode answer = json(ask());
    assertThat(answer.path("ok").booleanValue()).isFalse();
    assertThat(answer.path("message").textValue())
        .contains(
            STRANGER, TestOdoo.DB_UUID, odoo().url(), "ODOO_BASE_URL", "POST /bridge/pairing");

    assertThat(json(pair()).path("odoo_db_uuid").textValue()).isEqualTo(STRANGER);
    awaitApplied(id);
    assertThat(event())
        .containsEntry("resource_id", STRANGER)
        .containsEntry("who", "ada")
        .containsEntry("why", "moved")
        .containsEntry("before", TestOdoo.DB_UUID);
  }

  @Test
  void theRightOdooGoesOnByItselfWhenItIsBack() {
    odoo().answerInfo(call -> TestOdoo.introduced(STRANGER, true));
    lookAgain();
    awaitHealth("another_odoo");
    long id = queueAction();
    stays(id);

    odoo().reset();
    lookAgain();

    awaitApplied(id);
    assertThat(healthWord()).isEqualTo("paired");
  }

  @Test
  void thePairedDatabaseAtAnotherAddressMayBeACopyAndWaits() {
    jdbc().update("update bridge.pairing set odoo_base_url = 'https://erp.example.com'");
    lookAgain();
    awaitHealth("another_address");

    long id = queueAction();
    stays(id);
    assertThat(json(ask()).path("message").textValue())
        .contains("https://erp.example.com", odoo().url(), "POST /bridge/pairing");

    pair();
    awaitApplied(id);
    assertThat(text("select odoo_base_url from bridge.pairing")).isEqualTo(odoo().url());
  }

  @Test
  void anOdooThatTakesItselfForACopyIsWaitedForAndCostsNoAttempt() {
    odoo().answerInfo(call -> TestOdoo.introduced(TestOdoo.DB_UUID, false));
    odoo()
        .answer(
            call ->
                Answer.json(
                    503,
                    "{\"ok\":false,\"code\":\"not_paired\",\"message\":\"a copy\",\"retryable\":true}"));

    // Nobody has looked since: the action finds it out.
    long id = queueAction();
    awaitHealth("not_paired_in_odoo");
    await()
        .untilAsserted(
            () ->
                assertThat(row(id)).containsEntry("status", "queued").containsEntry("attempts", 0));
    assertThat(json(ask()).path("message").textValue()).contains("Supabase Bridge > Status");

    odoo().reset();
    lookAgain();
    awaitApplied(id);
    assertThat(row(id)).containsEntry("attempts", 1);
  }

  @Test
  void anOdooThatWasNeverPairedAndTakesItselfForACopyIsNotTrusted() {
    odoo().answerInfo(call -> TestOdoo.introduced(STRANGER, false));
    forgetOdoo();

    assertThat(json(ask()).path("state").textValue()).isEqualTo("not_paired_in_odoo");
    assertThat(text("select odoo_db_uuid from bridge.pairing")).isNull();
  }

  @Test
  void aModuleThatIsOlderThanTheQuestionWorksUnpaired() {
    odoo().answerInfo(call -> Answer.page(404));
    forgetOdoo();
    lookAgain();
    awaitHealth("unpaired");

    awaitApplied(queueAction());
    assertThat(text("select odoo_db_uuid from bridge.pairing")).isNull();
  }

  @Test
  void aPairedOdooThatForgetsWhoItIsIsSentNothing() {
    odoo().answerInfo(call -> Answer.page(404));
    lookAgain();
    awaitHealth("another_odoo");

    stays(queueAction());
  }

  @Test
  void whileOdooDoesNotSayWhichItIsRowsWaitUncounted() {
    odoo().answerInfo(call -> Answer.page(502));
    lookAgain();
    awaitHealth("unknown");

    long id = queueAction();
    stays(id);
    assertThat(pair().statusCode()).isEqualTo(503);
    assertThat(pair().body()).contains("odoo_does_not_answer", "502");

    odoo().reset();
    lookAgain();
    awaitApplied(id);
    assertThat(row(id)).containsEntry("attempts", 1);
  }

  @Test
  void aCopyOfTheDatabaseSendsNothingToAnybodyUntilItIsPaired() {
    try (TestSubscriber subscriber = new TestSubscriber()) {
      jdbc()
          .update(
              "insert into bridge.subscriber (name, kind, url, secrets) values ('crm', 'webhook', ?,"
                  + " '[{\"ref\": \"env:BRIDGE_SUBSCRIBER_TEST\"}]')",
              subscriber.url());
      jdbc()
          .update(
              "insert into bridge.subscriber (name, kind, mode) values ('live', 'realtime', 'trigger')");
      jdbc()
          .update(
              "insert into bridge.target (name, state, reason, changed_by)"
                  + " values ('subscriber:2', 'paused', 'by hand', 'bob')");
      jdbc().update("update bridge.pairing set fingerprint = 'that of the original'");
      lookAgain();
      awaitHealth("copy");

      long id = queueAction();
      HttpResponse<String> stored =
          postSigned(
              "/functions/v1/odoo_event_ingest",
              "{\"event_type\":\"res.partner.updated\",\"db_uuid\":\"" + TestOdoo.DB_UUID + "\"}");
      assertThat(stored.statusCode()).isEqualTo(200);
      stays(id);
      assertThat(subscriber.calls()).isEmpty();
      assertThat(
              text("select state || ' by ' || changed_by from bridge.target where name = 'odoo'"))
          .isEqualTo("paused by pairing");
      assertThat(text("select reason from bridge.target where name = 'subscriber:1'"))
          .contains("copy", "POST /bridge/pairing");

      assertThat(json(pair()).path("state").textValue()).isEqualTo("paired");
      awaitApplied(id);
      awaitDelivered(1);
      assertThat(subscriber.calls()).hasSize(1);
      assertThat(
              text(
                  "select state || ' by ' || changed_by from bridge.target where name = 'subscriber:2'"))
          .isEqualTo("paused by bob");
    }
  }

  @Test
  void aTargetOfACopyThatIsResumedByHandIsNotServedAllTheSame() {
    jdbc().update("update bridge.pairing set fingerprint = 'that of the original'");
    lookAgain();
    awaitHealth("copy");
    jdbc().update("update bridge.target set state = 'running'");

    stays(queueAction());
  }

  @Test
  void pairingIsForWhoHasTheKeyAndSaysWhoAndWhy() {
    assertThat(get(PAIRING).statusCode()).isEqualTo(401);
    assertThat(post(PAIRING, WHO).statusCode()).isEqualTo(401);
    assertThat(post(PAIRING, "{\"who\":\"ada\"}", "apikey", serviceKey()).statusCode())
        .isEqualTo(400);
    assertThat(
            post(PAIRING, "{\"who\":\"ada\",\"why\":\"x\",\"force\":true}", "apikey", serviceKey())
                .body())
        .contains("unknown_field");
    assertThat(text("select count(*) from public.audit_event")).isEqualTo("0");
  }

  @Test
  void hawtioPairsInTheSameWords() {
    odoo().answerInfo(call -> TestOdoo.introduced(STRANGER, true));

    assertThat(control.showPairing()).startsWith("another_odoo: ").contains("POST /bridge/pairing");
    assertThat(control.pair("ada", "moved")).startsWith("paired: ").contains(STRANGER);
    assertThat(text("select paired_by from bridge.pairing")).isEqualTo("ada");
    odoo().answerInfo(call -> Answer.page(502));
    assertThat(control.pair("ada", "again")).startsWith("Nothing is paired");
  }

  /** No Odoo has told yet which one it is; what is asked in the background has ended. */
  private void forgetOdoo() {
    lookAgain();
    awaitHealth("another_odoo");
    jdbc().update("update bridge.pairing set odoo_db_uuid = null, odoo_base_url = null");
  }

  private void lookAgain() {
    breakers.probeSoon();
  }

  /** Whatever the test before left behind. */
  private void awaitWorking() {
    lookAgain();
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(breakers.openCircuits()).doesNotContainKey("odoo"));
  }

  private void awaitHealth(String word) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(healthWord()).isEqualTo(word));
  }

  private String healthWord() {
    return json(get("/health")).path("pairing").textValue();
  }

  private long queueAction() {
    return jdbc()
        .queryForObject(
            "insert into public.odoo_action_outbox (action, args) values ('res.partner.update', '{\"id\": 7}')"
                + " returning id",
            Long.class);
  }

  /** Not sent, although the engine looks for it many times meanwhile. */
  private void stays(long id) {
    await()
        .during(Duration.ofMillis(1500))
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(row(id)).containsEntry("status", "queued").containsEntry("attempts", 0));
    assertThat(odoo().calls("res.partner.update")).isEmpty();
  }

  private void awaitApplied(long id) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(row(id)).containsEntry("status", "applied"));
  }

  private Map<String, Object> row(long id) {
    return jdbc().queryForMap("select * from public.odoo_action_outbox where id = ?", id);
  }

  private Map<String, Object> event() {
    return jdbc()
        .queryForMap(
            "select resource_id, payload ->> 'who' as who, payload ->> 'why' as why,"
                + " payload #>> '{before,odoo_db_uuid}' as before from public.audit_event"
                + " where source = 'bridge' and event_type = 'bridge.paired'");
  }

  private HttpResponse<String> ask() {
    return get(PAIRING, "apikey", serviceKey());
  }

  private HttpResponse<String> pair() {
    return post(PAIRING, WHO, "apikey", serviceKey());
  }

  private static JsonNode json(HttpResponse<String> response) {
    try {
      return new ObjectMapper().readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError(response.body(), e);
    }
  }
}
