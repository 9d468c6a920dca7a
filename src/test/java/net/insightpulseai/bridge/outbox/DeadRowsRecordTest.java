package net.insightpulseai.bridge.outbox;

import static net.insightpulseai.bridge.outbox.EngineFixture.done;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whose fault a death was, what is written down about an operator's act, and what a dry run leaves
 * alone.
 */
class DeadRowsRecordTest {

  private final DeadRowsFixture fixture = new DeadRowsFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @CsvSource({
    "rejected,, other_side",
    "gone,, other_side",
    "unsendable,, bridge",
    "egress_refused,, bridge",
    "subscriber_deleted,, bridge",
    "attempts_spent, timeout, other_side",
    "attempts_spent, unreachable, other_side",
    "attempts_spent, route_failed, bridge",
    "attempts_spent, no_outcome, bridge",
    "attempts_spent, egress_refused, bridge"
  })
  void theReasonTellsTheOtherSidesRefusalFromOurFault(String reason, String failure, String fault) {
    fixture.insert(Queue.ODOO_ACTIONS, "");
    Outcome outcome =
        failure == null
            ? Outcome.dead(reason, "no")
            : Dead.spent(Outcome.retry(failure, "").failure(), "too often");
    fixture.settle(Queue.ODOO_ACTIONS, fixture.claim(Queue.ODOO_ACTIONS), outcome);
    assertThat(fixture.jdbc.queryForMap("select * from bridge.dead_letter"))
        .containsEntry("reason", reason)
        .containsEntry("failure", failure)
        .containsEntry("fault", fault);
    assertThat(fixture.jdbc.queryForObject("select class from bridge.attempt", String.class))
        .isEqualTo(failure == null ? reason : failure);
  }

  @Test
  void whatHadNoTimeLeftFailedWithWhatItFailedWithBefore() {
    for (String before : new String[] {"unreachable", "lease_ended", null}) {
      fixture.insert(Queue.ODOO_ACTIONS, "");
      if (before != null) {
        fixture.settle(
            Queue.ODOO_ACTIONS,
            fixture.claim(Queue.ODOO_ACTIONS),
            Outcome.retry(before, "later", Duration.ZERO));
      }
      fixture.settle(
          Queue.ODOO_ACTIONS,
          fixture.claim(Queue.ODOO_ACTIONS),
          Outcome.dead("expired", "too late"));
    }
    assertThat(
            fixture.jdbc.queryForList(
                "select fault from bridge.dead_letter order by id", String.class))
        .containsExactly("other_side", "bridge", "bridge");
  }

  @ParameterizedTest
  @EnumSource
  void aDryRunChangesNothingAndSaysWhatWillBeDone(Queue queue) {
    List<DeadRows.Asked> asked =
        List.of(
            fixture.open(queue, fixture.dead(queue, "a")),
            fixture.open(queue, fixture.dead(queue, "b")),
            new DeadRows.Asked(999, 999L));
    fixture.insert(queue, "a");
    fixture.settle(queue, fixture.claim(queue), done(200, ""));
    List<String> before = everything();

    List<DeadRows.Judged> dry =
        fixture.rows.requeue(queue, asked, DeadRowsFixture.act(false, true));
    assertThat(fixture.rows.discard(queue, asked, DeadRowsFixture.act(false, true)))
        .extracting(DeadRows.Judged::outcome)
        .containsExactly("discarded", "discarded", "already_resolved");
    assertThat(everything()).isEqualTo(before);

    assertThat(dry)
        .extracting(DeadRows.Judged::outcome)
        .containsExactly("overtaken", "requeued", "row_gone");
    assertThat(fixture.rows.requeue(queue, asked, DeadRowsFixture.act(false, false)))
        .isEqualTo(dry);
  }

  private List<String> everything() {
    return fixture.jdbc.queryForList(
        "select o::text from public.odoo_action_outbox o union all select d::text from bridge.event_delivery d"
            + " union all select l::text from bridge.dead_letter l union all select e::text from public.audit_event e",
        String.class);
  }

  @Test
  void eachActionOfABulkHasItsOwnEventUnderItsOwnCorrelationId() {
    List<DeadRows.Asked> asked =
        List.of(
            fixture.open(Queue.ODOO_ACTIONS, fixture.dead(Queue.ODOO_ACTIONS, "a")),
            fixture.open(Queue.ODOO_ACTIONS, fixture.dead(Queue.ODOO_ACTIONS, "b")));
    fixture.rows.requeue(Queue.ODOO_ACTIONS, asked, DeadRowsFixture.act(false, false));
    assertThat(
            fixture.jdbc.queryForObject(
                "select count(*) from public.audit_event e join public.odoo_action_outbox o"
                    + " on o.correlation_id = e.correlation_id and o.id::text = e.resource_id"
                    + " where e.event_type = 'bridge.action.requeued'",
                Integer.class))
        .isEqualTo(2);
  }

  @Test
  void theDeliveriesOfABulkShareOneEventForEachSubscriber() {
    List<DeadRows.Asked> asked =
        List.of(
            fixture.open(Queue.EVENT_DELIVERIES, fixture.dead(Queue.EVENT_DELIVERIES, "a")),
            fixture.open(Queue.EVENT_DELIVERIES, fixture.dead(Queue.EVENT_DELIVERIES, "b")));
    fixture.rows.requeue(Queue.EVENT_DELIVERIES, asked, DeadRowsFixture.act(false, false));
    assertThat(fixture.audited("bridge.delivery.requeued"))
        .singleElement()
        .asString()
        .contains("\"count\": 2", "\"target\": \"subscriber:1\"", "\"dead_letters\": [1, 2]");
    assertThat(
            fixture.jdbc.queryForObject(
                "select count(*) from bridge.dead_letter where resolved_by = 'ann' and resolved_why = 'mended'",
                Integer.class))
        .isEqualTo(2);
  }

  @Test
  void aDeliveryToADeletedSubscriberIsNotRequeuedEvenByForce() {
    long id = fixture.dead(Queue.EVENT_DELIVERIES, "");
    fixture.jdbc.update("delete from bridge.subscriber");
    assertThat(
            fixture.requeue(Queue.EVENT_DELIVERIES, fixture.open(Queue.EVENT_DELIVERIES, id), true))
        .isEqualTo("subscriber_deleted");
  }
}
