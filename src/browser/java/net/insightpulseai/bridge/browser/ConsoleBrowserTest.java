package net.insightpulseai.bridge.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.RequestOptions;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import net.insightpulseai.bridge.EditedRoutes;
import net.insightpulseai.bridge.TestSubscriber;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What an operator and a viewer do in the console, in a real browser. */
class ConsoleBrowserTest extends ConsoleFixture {

  private static final Path ROUTES = EditedRoutes.folder("browser");

  @Autowired private CamelContext camel;

  @Test
  void onlyTheRightPasswordOpensTheConsole() {
    page().navigate(address("/actuator/hawtio/bridge/overview"));
    assertThat(page()).hasURL(address("/login"));

    logIn("admin", "wrong");
    assertThat(page()).hasURL(address("/login?error"));
    logIn("viewer", ADMIN_PASSWORD);
    assertThat(page()).hasURL(address("/login?error"));
    String before = session();

    logInAsOperator();
    assertThat(session()).isNotEqualTo(before);
    show("overview");
    seen("What needs you");
    assertThat(page().locator(".bridge-me")).containsText("admin, operator");
  }

  @Test
  void whoLogsOutIsOut() {
    logInAsOperator();
    show("overview");
    String session = session();
    button("Log out").click();
    assertThat(page()).hasURL(address("/login?logout"));

    APIResponse answer =
        page()
            .request()
            .get(
                address("/bridge/events"),
                RequestOptions.create()
                    .setHeader("Cookie", "JSESSIONID=" + session)
                    .setHeader("X-Requested-With", "XMLHttpRequest"));
    assertThat(answer.status()).isEqualTo(401);
  }

  @Test
  void aViewerSeesAndCannotAct() {
    odooRefuses(true);
    action("res.partner.update", "{\"id\":42,\"values\":{\"name\":\"secret name\"}}", "error");
    store("res.partner.updated", 42, "secret name");
    logInAsViewer();

    show("deadletters");
    seen("res.partner.update");
    assertThat(button("Send all again")).isDisabled();
    assertThat(button("Discard all")).isDisabled();
    page().locator(".bridge-rows tbody td button").first().click();
    seen("Contents are shown to operators only.");
    show("events");
    page().locator(".bridge-rows tbody td button").first().click();
    seen("Contents are shown to operators only.");
    assertThat(page().content()).doesNotContain("secret name");

    Object status =
        page()
            .evaluate(
                "() => fetch('/bridge/targets/odoo/pause', {method: 'POST', headers: {'Content-Type':"
                    + " 'application/json', 'X-XSRF-TOKEN': bridgeTab.csrfToken()}, body:"
                    + " '{\"why\":\"x\"}'}).then(answer => answer.status)");
    assertThat(status).isEqualTo(403);
    assertThat(
            String.valueOf(
                page()
                    .evaluate(
                        "() => bridgeTab.execute('bridge:type=Outbox', 'pause', 'odoo', 'v', 'x')"
                            + ".then(() => 'done', failure => 'refused')")))
        .isEqualTo("refused");
    assertThat(text("select state from bridge.target where name = 'odoo'")).isEqualTo("running");
  }

  @Test
  void aTimelineIsOpenedFromAnEvent() {
    store("res.partner.updated", 42, "Acme");
    String correlation = text("select correlation_id from public.audit_event");
    logInAsOperator();
    show("events?event_type=res.partner.*");
    page().getByText(correlation.substring(28)).click();

    assertThat(page().locator(".bridge-timeline")).containsText("res.partner.updated");
    assertThat(page().locator(".bridge-span").first()).isVisible();
    assertThat(page()).hasURL(address("/actuator/hawtio/bridge/timeline?id=" + correlation));
    assertThat(page()).hasTitle("Timeline – Bridge");
  }

  @Test
  void aDayIsThatOfThePersonsClock() {
    logInAsOperator();
    show("events");
    assertThat(page().evaluate("() => bridgeTab.instant('2026-11-30')"))
        .isEqualTo("2026-11-29T16:00:00.000Z");
  }

  @Test
  void aPayloadWithAScriptIsShownAsText() {
    store("res.partner.updated", 42, SCRIPT);
    action("x.y", "{\"id\":1,\"name\":\"" + SCRIPT + "\"}", "applied");
    logInAsOperator();
    for (String name : new String[] {"events?event_type=res.partner.*", "actions"}) {
      show(name);
      page().locator(".bridge-rows tbody td button").first().click();
      assertThat(page().locator(".bridge-json").first()).containsText(SCRIPT);
    }
    show("record?model=res.partner&id=42");
    page().locator(".bridge-rows tbody td button").first().click();
    assertThat(page().locator(".bridge-json")).containsText(SCRIPT);
    assertThat(page().locator(".bridge-page img, .bridge-page script").count()).isZero();
  }

  @Test
  void aSubscriberIsCreatedTestedPausedAndResumed() {
    logInAsOperator();
    show("subscribers");
    button("Create a subscriber").click();
    page().fill("#act-name", "crm");
    page().fill("#act-url", "https://127.0.0.1:9/hook");
    confirm().click();
    page().getByText("Copy the secret now.").waitFor();
    button("Close").last().click();

    button("Test crm").click();
    page().locator(".bridge-detail").getByText("no answer").waitFor();
    button("Pause crm").click();
    because("maintenance");
    button("Resume crm").click();
    because("it is back");
    button("Pause crm").waitFor();
    assertThat(text("select name from bridge.subscriber where owner = 'api'")).isEqualTo("crm");
  }

  @Test
  void theLastAnswersOfASubscriberAreInItsRow() {
    try (TestSubscriber crm = new TestSubscriber()) {
      webhook("crm", crm.url() + "/hook");
      store("res.partner.updated", 42, "Acme");
      logInAsOperator();
      show("subscribers");
      page()
          .locator(".bridge-rows tbody")
          .filter(new Locator.FilterOptions().setHasText("crm"))
          .locator("td button")
          .first()
          .click();
      Locator answers = page().locator("table[aria-label='Last answers of crm'] tbody");
      LocatorAssertions.ContainsTextOptions soon =
          new LocatorAssertions.ContainsTextOptions().setTimeout(20_000);
      assertThat(answers).containsText("res.partner.updated", soon);
      assertThat(answers).containsText("204", soon);
    }
  }

  @Test
  void aSubscriberOfAnotherKindIsAskedForItsOwnFields() {
    logInAsOperator();
    show("subscribers");
    button("Create a subscriber").click();
    assertThat(page().locator("#act-url")).isVisible();
    page().selectOption("#act-kind", "kafka");
    assertThat(page().locator("#act-url")).hasCount(0);
    assertThat(page().locator("#act-topic")).isVisible();
    page().selectOption("#act-kind", "pull");
    assertThat(page().locator("#act-topic")).hasCount(0);
    page().fill("#act-name", "notebook");
    page().fill("#act-filter", "$.payload.amount_total > 1000");
    page().selectOption("#act-start", "beginning");
    confirm().click();
    page().getByText("Copy the secret now.").waitFor();
    button("Close").last().click();
    assertThat(text("select kind || ' ' || filter from bridge.subscriber where name = 'notebook'"))
        .isEqualTo("pull $.payload.amount_total > 1000");
  }

  @Test
  void aReplayIsCountedAndStarted() {
    post(
        "/bridge/subscribers",
        "{\"name\":\"crm\",\"kind\":\"webhook\",\"url\":\"https://127.0.0.1:9/hook\"}",
        "apikey",
        SERVICE_KEY);
    store("res.partner.updated", 42, "Acme");
    logInAsOperator();
    show("replays");
    button("Start a replay").click();
    page().fill("#act-record", "res.partner:42");
    confirm().click();
    page().getByText("1 stored event match").waitFor();
    because("crm lost a day");
    seen("record res.partner:42");
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(text("select who from bridge.replay")).isEqualTo("ann (admin)"));
  }

  @Test
  void aBadEditOfARouteIsSeenRefused() throws IOException {
    logInAsOperator();
    show("routes");
    Path added = ROUTES.resolve(ADDED + ".camel.yaml");
    try {
      Files.writeString(added, "- route:\n    id: added\n    from:\n      uri: nothing:at-all\n");
      seen("The last edit is refused");
      seen("nothing");
      show("overview");
      page().getByText("The routes: refused on").waitFor();
    } finally {
      Files.writeString(added, "[]\n");
    }
    page()
        .getByText("The routes: refused on")
        .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
  }

  @Test
  void aRouteIsSuspendedAndResumedInHawtiosOwnTab() {
    logInAsOperator();
    page().navigate(address("/actuator/hawtio/camel"));
    Locator tree = page().locator("[role=tree]");
    tree.waitFor();
    page().locator("#input-search").fill("refusals");
    tree.getByText("refusals", new Locator.GetByTextOptions().setExact(true)).first().click();
    page().getByText("Operations", new Page.GetByTextOptions().setExact(true)).first().click();
    invoke("suspend()");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(status()).isEqualTo("Suspended"));
    invoke("resume()");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(status()).isEqualTo("Started"));
  }

  private String status() {
    return camel.getRouteController().getRouteStatus("refusals").name();
  }

  private void invoke(String operation) {
    Locator item =
        page()
            .locator(".pf-v6-c-data-list__item", new Page.LocatorOptions().setHasText(operation))
            .first();
    item.locator(".pf-v6-c-data-list__toggle button").click();
    item.locator("button", new Locator.LocatorOptions().setHasText("Execute")).first().click();
  }

  private String session() {
    return page().context().cookies().stream()
        .filter(cookie -> cookie.name.equals("JSESSIONID"))
        .map((Cookie cookie) -> cookie.value)
        .findFirst()
        .orElse("");
  }
}
