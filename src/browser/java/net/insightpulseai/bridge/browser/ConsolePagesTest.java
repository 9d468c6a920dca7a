package net.insightpulseai.bridge.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import net.insightpulseai.bridge.TestOdoo;
import net.insightpulseai.bridge.TestOdoo.Answer;
import net.insightpulseai.bridge.TestSubscriber;
import org.junit.jupiter.api.AfterEach;
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

  private final TestSubscriber crm = new TestSubscriber();

  @AfterEach
  void hangUp() {
    crm.close();
  }

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
    tellAStory();
    odooRefuses(false);
    for (int record = 43; record < 49; record++) {
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
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> text("select count(*) from bridge.incident").equals("2"));
    // They open after an hour only.
    jdbc().update("update bridge.incident set opened_at = since");
  }

  /**
   * What the picture of the timeline shows: Odoo's write, who is told of it, and an action that
   * Odoo takes at the second attempt.
   */
  private void tellAStory() {
    webhook("crm", crm.url() + "/hook");
    jdbc().update("insert into bridge.subscriber (name, kind) values ('dashboard', 'realtime')");
    AtomicBoolean locked = new AtomicBoolean(true);
    odoo()
        .answer(
            call ->
                locked.getAndSet(false)
                    ? Answer.json(
                        409,
                        "{\"ok\":false,\"code\":\"locked\",\"message\":\"\",\"retryable\":true}")
                    : TestOdoo.applied(call));
    String correlation = UUID.randomUUID().toString();
    String body =
        """
        {"event_type":"res.partner.updated","resource_id":42,"payload":{"name":"Acme"},"correlation_id":"%s",\
        "occurred_at":"%s"}"""
            .formatted(correlation, Instant.now().minusMillis(900));
    assertThat(postSigned("/functions/v1/odoo_event_ingest", body).statusCode()).isEqualTo(200);
    awaitAction(
        Long.parseLong(
            text(
                "insert into public.odoo_action_outbox (action, args, correlation_id)"
                    + " values ('res.partner.update', '{\"id\":42}', ?::uuid) returning id",
                correlation)),
        "applied");
    awaitDelivered(2);
  }
}
