package net.insightpulseai.bridge.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import net.insightpulseai.bridge.TestOdoo;
import net.insightpulseai.bridge.TestOdoo.Answer;
import org.junit.jupiter.api.Test;

/** Nothing is sent to an Odoo other than the paired one. */
class AnotherOdooTest extends PairedBridge {

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
}
