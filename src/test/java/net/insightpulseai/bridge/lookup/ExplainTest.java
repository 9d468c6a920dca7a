package net.insightpulseai.bridge.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code bridge.explain} answers about one event and one subscriber. */
class ExplainTest extends ExplainFixture {

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
        .containsEntry("why", "The subscriber is paused by ada: maintenance");
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
}
