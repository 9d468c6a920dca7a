package net.insightpulseai.bridge.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why an event was not for a subscriber. */
class ExplainSkippedTest extends ExplainFixture {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "webhook | rest | {sale.*} | null | null | odoo | event_type | It asks for sale.*",
        "webhook | rest | {*} | {supabase} | null | odoo | source | this one came from odoo",
        "webhook | rest | {*} | null | 3 | odoo | company | of no company",
        "realtime | off | {*} | null | null | odoo | off | switched off",
        "odoo | rest | {*} | null | null | odoo | from_odoo | began in Odoo"
      },
      nullValues = "null")
  void whatWasNotForASubscriberSaysWhy(
      String kind,
      String mode,
      String types,
      String sources,
      Long company,
      String source,
      String reason,
      String why) {
    subscribe(kind, mode, types);
    jdbc("update bridge.subscriber set sources = ?::text[], company = ?", sources, company);
    event(source, "res.partner.updated");

    assertThat(only()).containsEntry("state", "skipped").containsEntry("reason", reason);
    assertThat(String.valueOf(only().get("why"))).contains(why);
  }

  @Test
  void aStarLeavesOutWhatTheBridgeReportsAboutItself() {
    subscribe("webhook", "rest", "{*}");
    event("bridge", "bridge.alert.opened");

    assertThat(only())
        .containsEntry("reason", "event_type")
        .containsEntry(
            "why", "It asks for *; * leaves out bridge.*, so name bridge.alert.opened to get it");
  }

  @Test
  void everySkipReasonHasASentence() {
    subscribe("odoo", "rest", "{*}");
    for (String reason :
        List.of(
            "off",
            "from_odoo",
            "about_the_bridge",
            "caused_by_bridge",
            "caused_by_action",
            "hop_limit")) {
      assertThat(
              database
                  .jdbc()
                  .queryForObject(
                      "select bridge.skip_text(?, s, 'a.b', 'odoo', null, 3) from bridge.subscriber s",
                      String.class,
                      reason))
          .as(reason)
          .isNotEmpty()
          .doesNotContain("this subscriber:");
    }
  }

  @Test
  void aSubscriberThatIsNewerThanTheEventHasNotMissedIt() {
    event("odoo", "res.partner.updated");
    jdbc("update public.audit_event set created_at = now() - interval '1 minute'");
    subscribe("webhook", "rest", "{*}");

    assertThat(only()).containsEntry("state", "newer");
  }

  @Test
  void whatASubscriberAsksForOnlySinceThenWasNotForIt() {
    subscribe("webhook", "rest", "{sale.*}");
    event("odoo", "res.partner.updated");
    jdbc("update bridge.subscriber set event_types = '{*}', updated_at = now()");

    assertThat(only()).containsEntry("state", "skipped").containsEntry("reason", "changed_since");
  }
}
