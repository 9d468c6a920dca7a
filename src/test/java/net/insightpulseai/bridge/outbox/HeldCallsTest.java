package net.insightpulseai.bridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is held in memory, for how long, and whose turn it is. */
class HeldCallsTest {

  private static final Duration LONGEST = Duration.ofSeconds(10);

  private long now = 1;
  private final ConcurrencyLimiter limiter =
      new ConcurrencyLimiter(
          32, 8, Duration.ofMillis(200), TargetLimits.NONE, () -> TargetShare.ALL, () -> now);
  private final HeldCalls held = new HeldCalls(limiter, () -> now, LONGEST);
  private long ids;

  private List<ClaimedRow> call(String target, String payload) {
    return List.of(
        new ClaimedRow(
            ++ids,
            ids,
            target,
            "",
            "k",
            1,
            null,
            UUID.randomUUID(),
            0,
            null,
            null,
            Instant.EPOCH,
            payload));
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private void finishOne(String target, Duration took) {
    assertThat(limiter.tryAcquire(target, 1)).isTrue();
    long start = now;
    pass(took);
    limiter.record(target, Outcome.Kind.DONE, false, start);
    limiter.release(target, 1);
  }

  private int wanted(String target) {
    return held.wanted(target, limiter.room(target), 1);
  }

  @Test
  void asManyAreClaimedAsATargetWillFinishAndAtLeastItsFreeSlots() {
    assertThat(wanted("unknown")).isEqualTo(8);
    finishOne("quick", Duration.ofMillis(10));
    assertThat(wanted("quick")).isEqualTo(8 * 200 / 10);
    finishOne("slow", Duration.ofSeconds(5));
    assertThat(wanted("slow")).isEqualTo(8);
    finishOne("very quick", Duration.ofNanos(1_000));
    assertThat(wanted("very quick")).isEqualTo(HeldCalls.MOST_ROWS);
    assertThat(held.wanted("very quick", limiter.room("very quick"), 20))
        .isEqualTo(HeldCalls.MOST_ROWS / 20);
  }

  @Test
  void nothingIsClaimedWhileMoreThanHalfOfThatIsHeld() {
    finishOne("odoo", Duration.ofMillis(10));
    for (int i = 0; i < 81; i++) {
      held.add(List.of(call("odoo", "{}")), now);
    }
    assertThat(wanted("odoo")).isZero();
    assertThat(held.isLow("odoo")).isFalse();
    held.next(t -> true);
    assertThat(held.isLow("odoo")).isTrue();
    assertThat(wanted("odoo")).isEqualTo(80);
  }

  @Test
  void whatHasWaitedTooLongDoesNotStartAndGoesBack() {
    held.add(List.of(call("odoo", "{}")), now);
    pass(LONGEST);
    assertThat(held.dropExcess("odoo", limiter.room("odoo"))).isEmpty();
    pass(Duration.ofNanos(1));
    assertThat(held.next(t -> true)).isNull();
    assertThat(held.dropExcess("odoo", limiter.room("odoo"))).hasSize(1);
    assertThat(held.rows()).isZero();
  }

  @Test
  void theTimeOfTheClaimCountsToo() {
    long before = now;
    pass(LONGEST.plusNanos(1));
    held.add(List.of(call("odoo", "{}")), before);
    assertThat(held.next(t -> true)).isNull();
  }

  @Test
  void whatATargetThatFellSilentWillNotStartSoonGoesBackTheLastFirst() {
    finishOne("odoo", Duration.ofMillis(10));
    List<List<ClaimedRow>> calls = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      calls.add(call("odoo", "{}"));
    }
    held.add(calls, now);
    for (int i = 0; i < 8; i++) {
      held.next(t -> true);
    }
    assertThat(held.dropExcess("odoo", limiter.room("odoo"))).isEmpty();
    pass(Duration.ofMillis(100));
    // Eight slots finish 16 calls of 100 ms in 200 ms, and twice that many are kept.
    assertThat(held.dropExcess("odoo", limiter.room("odoo")))
        .hasSize(92 - 32)
        .allMatch(row -> row.id() > 40);
    pass(Duration.ofSeconds(2));
    assertThat(held.dropExcess("odoo", limiter.room("odoo"))).hasSize(32);
  }

  @Test
  void targetsTakeTurnsAndOneWithoutASlotHoldsUpNoOther() {
    List<String> started = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      held.add(List.of(call("a", "{}")), now);
    }
    held.add(List.of(call("b", "{}"), call("b", "{}")), now);
    for (var rows = held.next(t -> true); rows != null; rows = held.next(t -> true)) {
      started.add(rows.get(0).target());
    }
    assertThat(started).startsWith("a", "b", "a", "b").hasSize(10);
    assertThat(held.rows()).isEqualTo(2);
  }

  @Test
  void payloadsThatTakeTheMemoryLeaveOnlyFreeSlotsToBeFilled() {
    finishOne("odoo", Duration.ofMillis(1));
    finishOne("other", Duration.ofMillis(1));
    String payload = "x".repeat((int) HeldCalls.MOST_CHARACTERS / 10 + 1);
    for (int i = 0; i < 10; i++) {
      held.add(List.of(call("other", payload)), now);
    }
    assertThat(wanted("odoo")).isEqualTo(8);
    held.drop("other");
    assertThat(wanted("odoo")).isEqualTo(HeldCalls.MOST_ROWS);
  }
}
