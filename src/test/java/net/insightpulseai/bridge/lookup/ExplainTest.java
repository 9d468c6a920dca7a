package net.insightpulseai.bridge.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code bridge.explain} answers about one event and one subscriber. */
class ExplainTest {

  private TestDatabase database;

  @BeforeEach
  void create() {
    database = TestDatabase.fresh();
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @ParameterizedTest
  @CsvSource({
    "delivered, 1, now(), delivered",
    "sent, 1, now(), in_flight",
    "queued, 0, now(), queued",
    "queued, 2, now(), retrying",
    "queued, 0, infinity, waiting",
    "error, 3, now(), dead"
  })
  void aDeliverySpeaksForItself(String status, int attempts, String next, String state) {
    subscribe("webhook", "rest", "{*}");
    event("odoo", "res.partner.updated");
    jdbc(
        "update bridge.event_delivery set status = ?, attempts = ?, next_attempt_at = ?::timestamptz",
        status,
        attempts,
        next.equals("now()") ? "now" : next);

    assertThat(only()).containsEntry("state", state).containsEntry("attempts", attempts);
  }

  @Test
  void whatWaitsForAPausedSubscriberSaysWhoPausedItAndWhy() {
    subscribe("webhook", "rest", "{*}");
    event("odoo", "res.partner.updated");
    setTarget("paused");

    assertThat(only())
        .containsEntry("state", "waiting")
        .containsEntry("reason", "paused")
        .containsEntry("changed_by", "ada")
        .containsEntry("why", "The subscriber is paused: maintenance");
    assertThat(only().get("since")).isNotNull();
  }

  @Test
  void whatIsDeadNamesItsLetterAndWhoseFaultItWas() {
    subscribe("webhook", "rest", "{*}");
    event("odoo", "res.partner.updated");
    jdbc("update bridge.event_delivery set status = 'error', last_error = 'HTTP 400'");
    jdbc(
        "insert into bridge.dead_letter (queue, row_id, target, ordering_key, reason, attempts, resolution)"
            + " values ('event-deliveries', 1, 'subscriber:1', '', 'rejected', 1, 'discarded')");

    assertThat(only())
        .containsEntry("state", "dead")
        .containsEntry("reason", "rejected")
        .containsEntry("fault", "other_side")
        .containsEntry("resolution", "discarded")
        .containsEntry("dead_letter_id", 1L)
        .containsEntry("why", "It finally failed: HTTP 400");
  }

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

  @Test
  void anOldEventWithoutADeliveryIsNotGuessedAbout() {
    subscribe("webhook", "rest", "{*}");
    event("odoo", "res.partner.updated");
    jdbc("delete from bridge.event_delivery");
    assertThat(only()).containsEntry("state", "missing");

    aMonthPasses();
    assertThat(only()).containsEntry("state", "not_kept");
    jdbc("update bridge.subscriber set event_types = '{sale.*}', updated_at = now()");
    assertThat(only()).as("it may have asked for it then").containsEntry("state", "not_kept");
    jdbc("update bridge.subscriber set updated_at = created_at");
    assertThat(only()).containsEntry("state", "skipped");
  }

  @Test
  void whatRealtimeSendGotIsNotKnownToHaveArrived() {
    subscribe("realtime", "trigger", "{*}");
    event("odoo", "res.partner.updated");
    assertThat(only()).containsEntry("state", "broadcast");
    aMonthPasses();
    assertThat(only()).containsEntry("state", "broadcast");

    setTarget("paused");
    jdbc("update bridge.target set since = now() - interval '60 days'");
    assertThat(only()).containsEntry("state", "skipped").containsEntry("reason", "paused");
  }

  @Test
  void aDeletedSubscribersDeliveryIsStillAnswered() {
    subscribe("webhook", "rest", "{*}");
    event("odoo", "res.partner.updated");
    jdbc("update bridge.event_delivery set status = 'delivered'");
    jdbc("delete from bridge.subscriber");

    assertThat(only())
        .containsEntry("state", "delivered")
        .containsEntry("deleted", true)
        .containsEntry("target", "subscriber:1")
        .containsEntry("subscriber_id", 1L);
  }

  @Test
  void aReplaysDeliveryIsAnAnswerOfItsOwn() {
    subscribe("webhook", "rest", "{*}");
    event("odoo", "res.partner.updated");
    jdbc("update bridge.event_delivery set status = 'delivered'");
    jdbc(
        "insert into bridge.event_delivery (target, event_id, event_created_at, correlation_id, idempotency_key, replay_id)"
            + " select target, event_id, event_created_at, correlation_id, idempotency_key, 7 from bridge.event_delivery");

    List<Map<String, Object>> answers = explain(1);
    assertThat(answers).hasSize(2);
    assertThat(answers.get(0)).containsEntry("state", "delivered").containsEntry("replay_id", null);
    assertThat(answers.get(1)).containsEntry("state", "queued").containsEntry("replay_id", 7L);
  }

  @Test
  void anEventThatIsNotStoredHasNoAnswers() {
    subscribe("webhook", "rest", "{*}");
    assertThat(explain(99)).isEmpty();
  }

  private void subscribe(String kind, String mode, String types) {
    jdbc(
        "insert into bridge.subscriber (name, kind, mode, event_types) values ('s', ?, ?, ?::text[])",
        kind,
        mode,
        types);
  }

  private void event(String source, String type) {
    jdbc("insert into public.audit_event (source, event_type) values (?, ?)", source, type);
  }

  private void setTarget(String state) {
    jdbc(
        "insert into bridge.target (name, state, reason, changed_by) values ('subscriber:1', ?, 'maintenance', 'ada')",
        state);
  }

  private void aMonthPasses() {
    jdbc("update public.audit_event set created_at = created_at - interval '30 days'");
    jdbc(
        "update bridge.subscriber set created_at = created_at - interval '30 days', updated_at = created_at - interval '30 days'");
  }

  private void jdbc(String sql, Object... parameters) {
    database.jdbc().update(sql, parameters);
  }

  private Map<String, Object> only() {
    List<Map<String, Object>> answers = explain(1);
    assertThat(answers).hasSize(1);
    return answers.get(0);
  }

  private List<Map<String, Object>> explain(long event) {
    return database
        .jdbc()
        .queryForList("select * from bridge.explain(?, make_interval(days => 7))", event);
  }
}
