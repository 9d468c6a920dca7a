package net.insightpulseai.bridge.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every page of the tab Bridge: a picture in both colour schemes, and no barrier. */
class ConsolePagesTest extends ConsoleFixture {

  private static final List<String> PAGES =
      List.of(
          "overview",
          "events",
          "actions",
          "deadletters",
          "record?model=res.partner&id=42",
          "timeline?id=%s",
          "subscribers",
          "replays",
          "refusals",
          "routes",
          "pairing");

  @ParameterizedTest
  @EnumSource(names = {"LIGHT", "DARK"})
  void everyPageCanBeReadByEverybody(ColorScheme colors) {
    fill();
    open(colors);
    logInAsOperator();
    String correlation =
        text("select correlation_id from public.audit_event where resource_id = '42' limit 1");
    for (String one : PAGES) {
      show(one.formatted(correlation));
      String name = one.replaceFirst("\\?.*", "");
      if (List.of("events", "actions", "deadletters", "record").contains(name)) {
        page().locator(".bridge-rows tbody td button").first().click();
        page().locator(".bridge-detail").waitFor();
        page().waitForTimeout(300); // the picture only: the row slides open
      }
      page()
          .screenshot(
              new ScreenshotOptions()
                  .setPath(
                      Path.of(
                          "target", "console", name + "-" + colors.name().toLowerCase() + ".png")));
      assertThat(barriers()).as(name).isEmpty();
    }
  }

  @Test
  void aQuestionCanBeAnsweredWithTheKeyboardAlone() {
    odooRefuses(true);
    action("x.y", "{\"id\":1}", "error");
    logInAsOperator();
    show("deadletters");
    button("Discard all").focus();
    page().keyboard().press("Enter");
    page().locator(".pf-v6-c-modal-box").waitFor();
    assertThat(barriers()).isEmpty();
    confirm().focus();
    page().keyboard().press("Enter");
    page().locator("#act-why").focus();
    page().keyboard().type("old");
    page().keyboard().press("Enter");
    page().getByText("1 discarded").waitFor();
    page().keyboard().press("Escape");
    seen("No dead letter");
  }

  /** What axe finds serious or worse in the tab; Hawtio's own frame is not ours. */
  private List<String> barriers() {
    return new AxeBuilder(page())
        .include(List.of(".bridge-tab")).analyze().getViolations().stream()
            .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
            .map(ConsolePagesTest::describe)
            .toList();
  }

  private static String describe(Rule rule) {
    return rule.getId()
        + ": "
        + rule.getHelp()
        + " "
        + rule.getNodes().stream().limit(3).map(node -> node.getHtml()).toList();
  }

  private void fill() {
    odooRefuses(false);
    for (int record = 40; record < 46; record++) {
      store("res.partner.updated", record, "Partner " + record);
      action(
          "res.partner.update", "{\"id\":" + record + ",\"values\":{\"phone\":\"1\"}}", "applied");
    }
    odooRefuses(true);
    action("account.move.post", "{\"id\":1900}", "error");
    action("account.move.post", "{\"id\":1901}", "error");
    post("/functions/v1/odoo_event_ingest", "{}", "x-signature", "00");
    get("/bridge/events");
    jdbc()
        .update(
            "update bridge.target set state = 'paused', reason = 'maintenance until noon', changed_by = 'ann', since = now()"
                + " where name = 'odoo'");
  }
}
