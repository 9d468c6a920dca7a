package net.insightpulseai.bridge.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import net.insightpulseai.bridge.TestOdoo;
import net.insightpulseai.bridge.TestOdoo.Answer;
import net.insightpulseai.bridge.TestSubscriber;
import org.junit.jupiter.api.Test;

/** The first Odoo is paired by itself, afterwards only by an operator; a copy sends nothing. */
class PairingTest extends PairedBridge {

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

      long before = lastEvent();
      assertThat(json(pair()).path("state").textValue()).isEqualTo("paired");
      // The original may have given the next ids to events that its subscribers know.
      postSigned("/functions/v1/odoo_event_ingest", "{\"event_type\":\"a.b\"}");
      assertThat(lastEvent()).isGreaterThan(before + 1_000_000);
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
  void pairingWhatWasPairedSkipsNoIds() {
    long before = lastEvent();

    pair();

    assertThat(lastEvent()).isLessThan(before + 100);
  }

  private long lastEvent() {
    return Long.parseLong(text("select coalesce(max(id), 0) from public.audit_event"));
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
}
