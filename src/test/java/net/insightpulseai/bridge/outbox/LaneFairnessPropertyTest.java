package net.insightpulseai.bridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.insightpulseai.bridge.TestDatabase;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** However many lanes come, and wherever their keys are, one that is due has its turn. */
class LaneFairnessPropertyTest {

  private EngineFixture fixture;

  @BeforeTry
  void open() {
    fixture = new EngineFixture(TestDatabase.fresh());
  }

  @AfterTry
  void close() {
    fixture.close();
  }

  /**
   * The rest of a walk has at most {@code lanes} lanes; meanwhile {@code coming} come for each row
   * that is claimed, and the next walk may meet them all before the early one.
   */
  @Property(tries = 12, shrinking = ShrinkingMode.OFF)
  void aLaneWaitsNoLongerThanTheWalksThatBeganBeforeItWasDue(
      @ForAll @IntRange(min = 1, max = 40) int lanes,
      @ForAll @IntRange(min = 0, max = 3) int coming,
      @ForAll @IntRange(min = 1, max = 5) int room,
      @ForAll boolean ahead) {
    QueueStore store = fixture.store("a");
    LaneClaimer claimer = new LaneClaimer(store, target -> BatchPolicy.ONE_BY_ONE);
    claimer.leaseFor(EngineFixture.LEASE);
    for (int i = 0; i < lanes; i++) {
      fixture.insertFor("odoo", "m:%06d".formatted(500_000 + i));
    }
    claimer.claim(new Targets.Due("odoo", true), 1);
    long early = fixture.insertFor("odoo", "m:%06d".formatted(ahead ? 499_999 : 900_000));
    int claimed = 0;
    int next = 500_000 + lanes;
    boolean had = false;
    while (!had && claimed <= (coming + 2) * lanes + room) {
      List<ClaimedRow> rows =
          claimer.claim(new Targets.Due("odoo", true), room).calls().stream()
              .map(call -> call.get(0))
              .toList();
      assertThat(rows).isNotEmpty();
      claimed += rows.size();
      had = rows.stream().anyMatch(row -> row.id() == early);
      store.ack(
          rows.stream().map(row -> new Ack(row, EngineFixture.ok(), Duration.ZERO, true)).toList());
      for (int i = 0; i < rows.size() * coming; i++) {
        fixture.insertFor("odoo", "m:%06d".formatted(next++));
      }
    }

    assertThat(had).as("claimed " + claimed + " others").isTrue();
  }
}
