package net.insightpulseai.bridge.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.EditedRoutes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The versions of the routes in the console. */
class ConsoleRoutesTest extends ConsoleFixture {

  private static final Path FILE = EditedRoutes.folder("browser").resolve(ADDED + ".camel.yaml");
  private static final Pattern ROLL_BACK = Pattern.compile("Roll back to version [0-9]+");
  private static final String ROUTE =
      """
      - route:
          id: added
          description: "%s"
          group: ops
          routeConfigurationId: ops-errors
          from:
            uri: direct:added
            steps:
              - log:
                  message: added
      """;

  private int recorded;

  @BeforeEach
  void edit() throws IOException {
    recorded = versions();
    // Never the same twice: what runs already would be no new version.
    Files.writeString(FILE, ROUTE.formatted(SCRIPT + " " + System.nanoTime()));
    await().atMost(Duration.ofSeconds(30)).until(() -> versions() > Math.max(recorded, 1));
  }

  @AfterEach
  void asBefore() {
    jdbc().update("delete from bridge.route_pin");
    EditedRoutes.and("browser", ADDED, "[]\n");
  }

  private int versions() {
    return Integer.parseInt(text("select count(*) from bridge.route_version"));
  }

  @Test
  void aVersionIsLookedAtRolledBackAndThePinLifted() {
    logInAsOperator();
    show("routes");
    assertThat(row(0)).containsText("Runs here");
    row(0).locator("button").first().click();
    assertThat(page().locator(".bridge-json").first())
        .containsText("+    description: \"" + SCRIPT);
    assertThat(page().locator(".bridge-page img, .bridge-page script").count()).isZero();
    row(0).locator("button").first().click();

    assertThat(rollBack().first()).isDisabled();
    rollBack().nth(1).click();
    because("it spoiled orders");
    page().getByText(Pattern.compile("Version [0-9]+ runs.")).waitFor();
    assertThat(page().locator(".pf-v6-c-modal-box .bridge-json")).containsText("-    description:");
    button("Close").last().click();
    seen("is pinned, and runs in place of the folder on all replicas");
    seen("it spoiled orders");
    assertThat(page().locator(".bridge-rows")).containsText("Pinned");
    assertThat(text("select who from bridge.route_pin")).isEqualTo("ann (admin)");

    button("Lift the pin").click();
    because("the file is mended");
    button("Lift the pin")
        .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
    // The folder is looked at every second and applied, and the page asks every five seconds.
    assertThat(row(0)).containsText("Runs here", new ContainsTextOptions().setTimeout(30_000));
  }

  @Test
  void aViewerSeesTheVersionsAndCannotReturnToOne() {
    logInAsViewer();
    show("routes");
    row(0).locator("button").first().click();
    assertThat(page().locator(".bridge-json").first()).containsText("+    description:");
    assertThat(rollBack().first()).isDisabled();
  }

  private Locator row(int n) {
    return page().locator(".bridge-rows tbody").nth(n).locator("tr").first();
  }

  private Locator rollBack() {
    return page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(ROLL_BACK));
  }
}
