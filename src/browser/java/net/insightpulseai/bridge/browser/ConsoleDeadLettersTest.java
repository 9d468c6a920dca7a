package net.insightpulseai.bridge.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import net.insightpulseai.bridge.TestOdoo.Answer;
import net.insightpulseai.bridge.TestSubscriber;
import org.junit.jupiter.api.Test;

/** What failed for good: sent again, discarded, and found. */
class ConsoleDeadLettersTest extends ConsoleFixture {

  @Test
  void aDeadLetterIsSentAgainAndApplied() {
    odooRefuses(true);
    long id = action("res.partner.update", "{\"id\":42}", "error");
    logInAsOperator();
    show("overview");
    page().getByText("Odoo: 1 dead letter").waitFor();
    odooRefuses(false);

    page().getByText("Decide").click();
    page().getByLabel("Choose dead letter 1").check();
    button("Send again").click();
    because("Odoo is corrected");
    page().getByText("1 sent again.").waitFor();
    assertThat(page().locator(".pf-v6-c-modal-box")).containsText("Send 1 dead letter again?");
    button("Close").last().click();
    assertThat(page().locator(".bridge-page h2")).isFocused();
    awaitAction(id, "applied");
    assertThat(text("select resolved_by from bridge.dead_letter")).isEqualTo("ann (admin)");

    show("actions");
    seen("Odoo applied it");
    assertThat(page().locator(".bridge-rows")).containsText("Applied");
  }

  @Test
  void manyAreCountedBeforeTheyAreDiscarded() {
    odooRefuses(true);
    action("res.partner.update", "{\"id\":1}", "error");
    action("res.partner.update", "{\"id\":2}", "error");
    logInAsOperator();
    show("deadletters");

    button("Discard all").click();
    confirm().click();
    page().getByText("2 match now.").waitFor();
    assertThat(confirm()).isDisabled();
    because("they are old");
    page().getByText("2 discarded").waitFor();
    button("Close").last().click();
    seen("No dead letter");
  }

  @Test
  void whatWasSentAgainIsNotFinishedInTheTimeline() {
    odooRefuses(true);
    action("res.partner.update", "{\"id\":42}", "error");
    odoo()
        .answer(call -> Answer.json(409, "{\"ok\":false,\"code\":\"locked\",\"retryable\":true}"));
    post(
        "/bridge/dead-letters/1/requeue",
        "{\"who\":\"ann\",\"why\":\"again\"}",
        "apikey",
        SERVICE_KEY);
    logInAsOperator();
    show("timeline?id=" + text("select correlation_id from public.odoo_action_outbox"));

    assertThat(page().locator(".bridge-kind-action td").nth(1)).hasText("open");
    assertThat(page().locator(".bridge-kind-dead")).containsText("Sent again");
    seen("and not finished");
  }

  @Test
  void aLetterIsOpenedFromItsEventAndFoundByItsReason() {
    try (TestSubscriber crm = new TestSubscriber()) {
      crm.answer(call -> TestSubscriber.Answer.of(400, "webhook-delivery", "abort-message"));
      webhook("crm", crm.url() + "/hook");
      store("res.partner.updated", 42, "Acme");
      logInAsOperator();
      show("events?event_type=res.partner.*");
      page().locator(".bridge-rows tbody td button").first().click();
      page().getByText("Dead letter 1").click();

      assertThat(page()).hasURL(address("/actuator/hawtio/bridge/deadletters?id=1"));
      assertThat(page().locator(".bridge-detail")).containsText("Why it failed");
      page().getByText("All dead letters").click();
      page().selectOption("#filter-reason", "rejected");
      seen("No dead letter");
      page().selectOption("#filter-reason", "aborted");
      seen("res.partner.updated");
    }
  }
}
