package net.insightpulseai.bridge.outbox;

import static net.insightpulseai.bridge.outbox.EngineFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows of one lane go one at a time and in order; rows of others overtake. */
class LaneOrderTest {

  private EngineFixture fixture;

  @BeforeEach
  void open() {
    fixture = new EngineFixture(TestDatabase.fresh());
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aLaneInBackOffHoldsItsOwnRowsAndNoOthers() {
    long first = fixture.insertFor("odoo", "res.partner:1");
    long second = fixture.insertFor("odoo", "res.partner:1");
    QueueEngine engine =
        fixture.engine(
            "a",
            row -> row.id() == first ? Outcome.retry("busy", "later", Duration.ofHours(1)) : ok());
    long other = fixture.insertFor("odoo", "res.partner:2");
    long unordered = fixture.insertFor("odoo", "");
    fixture.awaitStatus(other, "applied");
    fixture.awaitStatus(unordered, "applied");
    assertThat(fixture.status(second)).isEqualTo("queued");

    fixture.jdbc.update(
        "update public.odoo_action_outbox set status = 'applied' where id = ?", first);
    awaitAppliedAfterRescue(engine, second);
  }

  @Test
  void aDeadRowFreesItsLaneByDefault() {
    long first = fixture.insertFor("odoo", "res.partner:1");
    long second = fixture.insertFor("odoo", "res.partner:1");
    fixture.engine("a", row -> row.id() == first ? Outcome.dead("rejected", "no") : ok());
    fixture.awaitStatus(second, "applied");
    assertThat(fixture.status(first)).isEqualTo("error");
  }

  @Test
  void aDeadRowHoldsItsLaneWhereTheSettingSaysSoUntilItIsResolved() {
    fixture.settings = EngineFixture.settings(Duration.ofMillis(20), 32, 8, true);
    long first = fixture.insertFor("odoo", "res.partner:1");
    long second = fixture.insertFor("odoo", "res.partner:1");
    QueueEngine engine =
        fixture.engine("a", row -> row.id() == first ? Outcome.dead("rejected", "no") : ok());
    fixture.awaitStatus(first, "error");
    long later = fixture.insertFor("odoo", "res.partner:2");
    fixture.awaitStatus(later, "applied");
    assertThat(fixture.status(second)).isEqualTo("queued");

    fixture.jdbc.update(
        "update bridge.dead_letter set resolution = 'discarded', resolved_at = now()");
    awaitAppliedAfterRescue(engine, second);
  }

  /** An operator's own statement tells nobody; the rescuer looks every five seconds. */
  private void awaitAppliedAfterRescue(QueueEngine engine, long id) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              engine.keeper().rescue(List.of());
              return fixture.status(id).equals("applied");
            });
  }

  @Test
  void manyLanesInBackOffDoNotHideOneThatIsDue() {
    fixture.jdbc.update(
        "insert into public.odoo_action_outbox (action, args, next_attempt_at)"
            + " select 'res.partner.update', jsonb_build_object('id', n), now() + interval '1 hour'"
            + " from generate_series(1, 3000) n");
    fixture.engine("a", row -> ok());
    long due = fixture.insert("res.partner.update", "{\"id\": \"zzz\"}");
    fixture.awaitStatus(due, "applied");
  }

  @Test
  void rowsHeldFromBeforeTheBridgeHoldNoLane() {
    long held = fixture.insertFor("odoo", "res.partner:1");
    fixture.jdbc.update(
        "update public.odoo_action_outbox set next_attempt_at = 'infinity' where id = ?", held);
    long fresh = fixture.insertFor("odoo", "res.partner:1");
    fixture.engine("a", row -> ok());
    fixture.awaitStatus(fresh, "applied");
    await().during(Duration.ofMillis(100)).until(() -> "queued".equals(fixture.status(held)));
  }
}
