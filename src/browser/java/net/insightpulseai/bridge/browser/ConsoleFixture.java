package net.insightpulseai.bridge.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.EditedRoutes;
import net.insightpulseai.bridge.TestOdoo;
import net.insightpulseai.bridge.TestOdoo.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole bridge, and a browser in front of its console. */
@Tag("browser")
abstract class ConsoleFixture extends BridgeTest {

  static final String ADDED = "housekeeping/added";

  /** A payload that would run if it were put into the page as it is. */
  static final String SCRIPT = "<script>alert('run')</script><img src=x onerror=alert(1)>";

  private static final Pattern CONSOLE = Pattern.compile(".*/actuator/hawtio.*");

  @LocalManagementPort private int port;

  private BrowserContext context;
  private Page page;
  private List<String> faults;

  @DynamicPropertySource
  static void editedRoutes(DynamicPropertyRegistry registry) {
    registry.add(
        "camel.main.routes-include-pattern", () -> EditedRoutes.and("browser", ADDED, "[]\n"));
  }

  @BeforeEach
  void openWindow() {
    open(ColorScheme.LIGHT);
  }

  @AfterEach
  void closeWindow() {
    context.close();
    assertThat(faults).isEmpty();
  }

  final void open(ColorScheme colors) {
    if (context != null) {
      context.close();
    }
    context = Browser.open(colors);
    page = context.newPage();
    faults = Browser.faults(page);
  }

  final Page page() {
    return page;
  }

  final String address(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  final void logIn(String user, String password) {
    page.navigate(address("/login"));
    page.fill("input[name=username]", user);
    page.fill("input[name=password]", password);
    page.click("button[type=submit]");
  }

  final void logInAsOperator() {
    logIn("admin", ADMIN_PASSWORD);
    page.waitForURL(CONSOLE);
  }

  final void logInAsViewer() {
    logIn("viewer", VIEWER_PASSWORD);
    page.waitForURL(CONSOLE);
  }

  /** Opens a page of the tab Bridge. */
  final void show(String name) {
    page.navigate(address("/actuator/hawtio/bridge/" + name));
    page.waitForSelector(".bridge-page");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> page.locator(".bridge-page .pf-v6-c-skeleton").count() == 0);
  }

  final Locator button(String name) {
    return page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true));
  }

  /** The button of the question that is open. */
  final Locator confirm() {
    return page.locator(".pf-v6-c-modal-box__footer button").first();
  }

  final void because(String why) {
    page.fill("#act-why", why);
    page.fill("#act-who", "ann");
    confirm().click();
  }

  /** Waits for several turns of a page that asks every five seconds. */
  final void seen(String text) {
    assertThat(page.locator(".bridge-page"))
        .containsText(text, new LocatorAssertions.ContainsTextOptions().setTimeout(20_000));
  }

  final void store(String type, int record, String name) {
    String body =
        "{\"event_type\":\"%s\",\"resource_id\":%d,\"payload\":{\"name\":\"%s\"}}"
            .formatted(type, record, name);
    assertThat(postSigned("/functions/v1/odoo_event_ingest", body).statusCode()).isEqualTo(200);
  }

  /** A subscriber of everything at this address. */
  final void webhook(String name, String url) {
    jdbc()
        .update(
            "insert into bridge.subscriber (name, kind, url, event_types, secrets) values (?, 'webhook', ?, '{*}',"
                + " '[{\"ref\": \"env:BRIDGE_SUBSCRIBER_TEST\"}]')",
            name,
            url);
  }

  final void odooRefuses(boolean refuses) {
    odoo().answer(call -> refuses ? Answer.error(422, "user_error") : TestOdoo.applied(call));
  }

  /** An action, once it is in this state. */
  final long action(String name, String args, String status) {
    long id =
        Long.parseLong(
            text(
                "insert into public.odoo_action_outbox (action, args) values (?, ?::jsonb) returning id",
                name,
                args));
    awaitAction(id, status);
    return id;
  }

  final void awaitAction(long id, String status) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                text("select status from public.odoo_action_outbox where id = ?", id)
                    .equals(status));
  }
}
