package net.insightpulseai.bridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lanes that wait are set aside, where no claim looks at them, and come back in their order. */
class SetAsideTest {

  private static final Duration LATER = Duration.ofHours(1);

  private EngineFixture fixture;
  private QueueStore store;

  @BeforeEach
  void open() {
    fixture = new EngineFixture(TestDatabase.fresh());
    store = fixture.store("a");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aLaneInBackOffIsNotLookedAtUntilItsTimeAndGoesOnInOrder() {
    long first = fixture.insertFor("odoo", "r:1");
    long second = fixture.insertFor("odoo", "r:1");
    settle(claim(), Outcome.retry("x", "x", LATER));
    assertThat(waits(first)).isEqualTo(1);
    assertThat(claim()).isEmpty();
    assertThat(waits(second)).isEqualTo(2);
    assertThat(due(store)).isEmpty();

    long third = fixture.insertFor("odoo", "r:1");
    assertThat(due(store)).containsExactly("odoo");
    assertThat(claim()).isEmpty();
    assertThat(due(store)).isEmpty();

    due(first);
    assertThat(due(store)).containsExactly("odoo");
    for (long next : new long[] {first, second, third}) {
      List<ClaimedRow> claimed = claim();
      assertThat(claimed).extracting(ClaimedRow::id).containsExactly(next);
      assertThat(claim()).isEmpty();
      settle(claimed, EngineFixture.ok());
    }
    assertThat(due(store)).isEmpty();
  }

  @Test
  void whatIsQueuedForLaterIsSetAsideWithWhatIsBehindIt() {
    long early = fixture.insertFor("odoo", "r:1");
    fixture.jdbc.update(
        "update public.odoo_action_outbox set next_attempt_at = now() + interval '1 h'");
    long behind = fixture.insertFor("odoo", "r:1");

    assertThat(claim()).isEmpty();
    assertThat(claim()).isEmpty();
    assertThat(List.of(waits(early), waits(behind))).containsExactly(1, 2);
    assertThat(due(store)).isEmpty();
  }

  @Test
  void aLaneWithoutABusyRowThatNobodyWillFreeIsFoundAgain() {
    long first = fixture.insertFor("odoo", "r:1");
    long second = fixture.insertFor("odoo", "r:1");
    settle(claim(), Outcome.retry("x", "x", LATER));
    claim();
    fixture.jdbc.update("delete from public.odoo_action_outbox where id = ?", first);
    assertThat(due(store)).isEmpty();

    store.promote();

    assertThat(claim()).extracting(ClaimedRow::id).containsExactly(second);
  }

  @Test
  void aLaneThatADeadLetterBlocksIsNotLookedAtUntilItIsDiscarded() {
    fixture.settings = EngineFixture.settings(Duration.ofMillis(20), 32, 8, true);
    store = fixture.store("a");
    long dead = fixture.insertFor("odoo", "r:1");
    long behind = fixture.insertFor("odoo", "r:1");
    settle(claim(), Outcome.dead("rejected", "no"));
    assertThat(claim()).isEmpty();
    assertThat(waits(behind)).isEqualTo(2);
    store.promote();
    assertThat(due(store)).isEmpty();

    long letter = fixture.jdbc.queryForObject("select id from bridge.dead_letter", Long.class);
    new DeadRows(fixture.named, new QueueWakeUp())
        .discard(
            Queue.ODOO_ACTIONS,
            List.of(new DeadRows.Asked(dead, letter)),
            new DeadRows.Act("me", "test", false, false));

    assertThat(claim()).extracting(ClaimedRow::id).containsExactly(behind);
  }

  private List<ClaimedRow> claim() {
    return store
        .claim("odoo", BatchPolicy.ONE_BY_ONE, 5, LaneCursor.START, EngineFixture.LEASE)
        .rows();
  }

  private void settle(List<ClaimedRow> rows, Outcome outcome) {
    store.ack(rows.stream().map(row -> new Ack(row, outcome, Duration.ZERO, true)).toList());
  }

  private int waits(long id) {
    return ((Number) fixture.row(id).get("waits")).intValue();
  }

  private void due(long id) {
    fixture.jdbc.update(
        "update public.odoo_action_outbox set next_attempt_at = now() where id = ?", id);
  }

  private static List<String> due(QueueStore store) {
    return store.targets(List.of()).due().stream().map(Targets.Due::target).toList();
  }
}
