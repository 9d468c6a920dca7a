package net.insightpulseai.bridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How many calls at once a target gets. */
class TargetLoadTest {

  private final TargetLoad load = new TargetLoad();
  private long now = 1;

  /** As many calls at once as are allowed, which all end alike. */
  private void round(Outcome.Kind kind, boolean overloaded) {
    int calls = load.allowed();
    long start = now;
    for (int i = 0; i < calls; i++) {
      load.started(start);
    }
    now += Duration.ofMillis(10).toNanos();
    for (int i = 0; i < calls; i++) {
      load.ended(kind, overloaded, start, now);
    }
    for (int i = 0; i < calls; i++) {
      load.released();
    }
  }

  @Test
  void itBeginsWithEightAndEachRoundOfSuccessesAddsAboutOneUpToTheLimit() {
    load.limitTo(32, null);
    assertThat(load.allowed()).isEqualTo(8);
    round(Outcome.Kind.DONE, false);
    round(Outcome.Kind.DONE, false);
    assertThat(load.allowed()).isBetween(9, 10);
    for (int i = 0; i < 60; i++) {
      round(Outcome.Kind.DONE, false);
    }
    assertThat(load.allowed()).isEqualTo(32);
  }

  @Test
  void aSmallerLimitHoldsAtOnce() {
    load.limitTo(2, null);
    assertThat(load.allowed()).isEqualTo(2);
  }

  @Test
  void anOverloadedTargetGetsHalfAsManyOnceForAllCallsThatWereUnderWay() {
    load.limitTo(8, null);
    round(Outcome.Kind.RETRY, true);
    assertThat(load.allowed()).isEqualTo(4);
    round(Outcome.Kind.RETRY, true);
    assertThat(load.allowed()).isEqualTo(2);
    round(Outcome.Kind.RETRY, true);
    round(Outcome.Kind.RETRY, true);
    assertThat(load.allowed()).isEqualTo(1);
    for (int i = 0; i < 50; i++) {
      round(Outcome.Kind.DONE, false);
    }
    assertThat(load.allowed()).isEqualTo(8);
  }

  @Test
  void successesThatDoNotNeedTheSlotsAddNone() {
    load.limitTo(32, null);
    for (int i = 0; i < 500; i++) {
      load.started(now);
      load.ended(Outcome.Kind.DONE, false, now, ++now);
      load.released();
    }
    assertThat(load.allowed()).isEqualTo(8);
  }

  @Test
  void failuresThatAreNoOverloadLeaveItAloneUntilThereAreSixteenInARow() {
    load.limitTo(8, null);
    round(Outcome.Kind.RETRY, false);
    assertThat(load.allowed()).isEqualTo(8);
    round(Outcome.Kind.RETRY, false);
    assertThat(load.allowed()).isEqualTo(1);
    assertThat(load.expected(Duration.ofSeconds(1), now)).isZero();
    round(Outcome.Kind.DONE, false);
    assertThat(load.allowed()).isEqualTo(8);
  }

  @Test
  void aTargetWithARateIsExpectedToFinishNoMoreThanThat() {
    load.limitTo(8, 50.0);
    round(Outcome.Kind.DONE, false);
    assertThat(load.expected(Duration.ofMillis(200), now)).isEqualTo(10);
  }
}
