package net.insightpulseai.bridge.outbox;

import static net.insightpulseai.bridge.outbox.EngineFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator may do with rows and targets. */
class OutboxControlTest {

  private EngineFixture fixture;
  private OutboxControl control;

  @BeforeEach
  void open() {
    fixture = new EngineFixture(TestDatabase.fresh());
    control =
        new OutboxControl(
            new QueueCounts(fixture.named, Clock.systemUTC()),
            new TargetStates(fixture.named, new QueueWakeUp()),
            new DeadRows(fixture.named, new QueueWakeUp()),
            new HeldActions(fixture.named, new QueueWakeUp()));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private void kill(long id) {
    QueueStore store = fixture.store("killer");
    Claim claim =
        store.claim("odoo", BatchPolicy.ONE_BY_ONE, 1, LaneCursor.START, EngineFixture.LEASE);
    assertThat(claim.rows()).extracting(ClaimedRow::id).containsExactly(id);
    store.ack(
        List.of(new Ack(claim.rows().get(0), Outcome.dead("rejected", "no"), Duration.ZERO, true)));
  }

  @Test
  void aDeadActionGoesBackWithItsKeyAndItsLetterIsResolved() {
    long id = fixture.insert("res.partner.update", "{\"id\": 1}");
    Object key = fixture.row(id).get("idempotency_key");
    kill(id);
    assertThat(control.requeue(id, false, "ann", "mended the partner"))
        .isEqualTo("action " + id + " is queued again");
    assertThat(fixture.row(id))
        .containsEntry("status", "queued")
        .containsEntry("attempts", 0)
        .containsEntry("idempotency_key", key);
    assertThat(fixture.jdbc.queryForMap("select * from bridge.dead_letter"))
        .containsEntry("resolution", "requeued")
        .containsEntry("resolved_by", "ann")
        .containsEntry("resolved_why", "mended the partner");
    fixture.engine("a", row -> ok());
    fixture.awaitStatus(id, "applied");
    assertThat(
            fixture.jdbc.queryForList(
                "select event_type from public.audit_event order by id", String.class))
        .containsExactly("bridge.action.failed", "bridge.action.requeued", "bridge.action.applied");
  }

  @Test
  void anOvertakenActionGoesBackOnlyWithForce() {
    long first = fixture.insert("res.partner.update", "{\"id\": 1}");
    kill(first);
    long second = fixture.insert("res.partner.update", "{\"id\": 1}");
    QueueEngine engine = fixture.engine("a", row -> ok());
    fixture.awaitStatus(second, "applied");
    engine.close();

    assertThat(control.requeue(first, false, "ann", "")).contains("overtaken");
    assertThat(fixture.status(first)).isEqualTo("error");
    assertThat(control.requeue(first, true, "ann", "")).contains("queued again");
    assertThat(fixture.status(first)).isEqualTo("queued");
  }

  @Test
  void onlyADeadActionCanBeRequeued() {
    long id = fixture.insert("x.y", "{}");
    assertThat(control.requeue(id, true, "ann", "")).contains("is queued; only a dead one");
    assertThat(control.requeue(999, true, "ann", "")).isEqualTo("there is no action 999");
  }

  @Test
  void theHoursOfAPauseDoNotReviveATargetThatWantsNoMore() {
    TargetStates states = new TargetStates(fixture.named, new QueueWakeUp());
    states.stopBecause("odoo", TargetStates.Stop.DISABLED, "gone");

    assertThat(states.pauseIfRunning("odoo", "night", "it is night")).isFalse();
    states.resumeOwn("odoo", "night", "it is day");
    assertThat(state()).isEqualTo("disabled bridge gone");
  }

  @Test
  void aTargetThatWantsNoMoreDuringAPauseIsDisabled() {
    TargetStates states = new TargetStates(fixture.named, new QueueWakeUp());
    assertThat(states.pauseIfRunning("odoo", "night", "it is night")).isTrue();
    states.stopBecause("odoo", TargetStates.Stop.DISABLED, "gone");

    states.resumeOwn("odoo", "night", "it is day");
    assertThat(state()).isEqualTo("disabled bridge gone");
  }

  private String state() {
    return fixture.named.queryForObject(
        "select state || ' ' || changed_by || ' ' || reason from bridge.target where name = 'odoo'",
        Map.of(),
        String.class);
  }

  @Test
  void aPausedTargetIsNotServedUntilItIsResumed() {
    control.pause("odoo", "ann", "maintenance");
    long id = fixture.insert("x.y", "{}");
    long other = fixture.insertFor("elsewhere", "");
    fixture.engine("a", row -> ok());
    fixture.awaitStatus(other, "applied");
    assertThat(fixture.status(id)).isEqualTo("queued");
    assertThat(control.resume("odoo", "ann", "done")).isEqualTo("odoo is running");
    fixture.awaitStatus(id, "applied");
    assertThat(control.pause("Odoo", "ann", "")).isEqualTo("there is no target Odoo");
    assertThat(control.resume("nobody", "ann", "")).isEqualTo("there is no target nobody");
  }

  @Test
  void heldActionsAreReleasedOrDiscardedByAnOperatorOnly() {
    long released = fixture.insert("x.y", "{}");
    long discarded = fixture.insert("x.y", "{}");
    fixture.jdbc.update("update public.odoo_action_outbox set next_attempt_at = 'infinity'");
    fixture.engine("a", row -> ok());
    assertThat(control.discardHeld(discarded, "ann", "")).startsWith("nothing done: Missing why");
    assertThat(control.discardHeld(discarded, "ann", "paid by hand"))
        .isEqualTo("1 actions discarded");
    assertThat(control.releaseHeld(0, "ann", "still wanted")).isEqualTo("1 actions released");
    fixture.awaitStatus(released, "applied");
    assertThat(fixture.row(discarded))
        .containsEntry("status", "error")
        .containsEntry("last_error", "discarded by ann: paid by hand");
    assertThat(
            fixture.jdbc.queryForList(
                "select event_type || payload::text from public.audit_event"
                    + " where payload ->> 'by' = 'ann' order by id",
                String.class))
        .containsExactly(
            "bridge.action.discarded{\"by\": \"ann\", \"why\": \"paid by hand\", \"action\": \"x.y\"}",
            "bridge.action.released{\"by\": \"ann\", \"why\": \"still wanted\", \"action\": \"x.y\"}");
  }

  @Test
  void theCountsTellDueWaitingHeldAndDeadApart() {
    long dead = fixture.insert("x.y", "{}");
    kill(dead);
    fixture.insert("x.y", "{}");
    long held = fixture.insert("x.y", "{}");
    fixture.jdbc.update(
        "update public.odoo_action_outbox set next_attempt_at = 'infinity' where id = ?", held);
    assertThat(new QueueCounts(fixture.named, Clock.systemUTC()).read().get(Queue.ODOO_ACTIONS))
        .containsEntry("due", new BigDecimal(1))
        .containsEntry("held", 1L)
        .containsEntry("dead", 1L)
        .containsEntry("waiting", new BigDecimal(0));
  }
}
