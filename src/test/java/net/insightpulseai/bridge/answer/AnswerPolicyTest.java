package net.insightpulseai.bridge.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import net.insightpulseai.bridge.outbox.Outcome;
import net.insightpulseai.bridge.outbox.Outcome.Kind;
import net.insightpulseai.bridge.outbox.RetrySchedule;
import org.junit.jupiter.api.Test;

class AnswerPolicyTest {

  private static final Duration YOUNG = Duration.ofMinutes(1);
  private static final Duration OLD = Duration.ofHours(2);

  private final AnswerPolicy policy =
      new AnswerPolicy(
          new RetrySchedule(List.of(Duration.ofSeconds(10), Duration.ofHours(1)), new Random(1)));

  @Test
  void retriesFollowTheScheduleAndEndAsADeadLetterThatTellsTheLastFailure() {
    Outcome internal = Outcome.retry("internal", "status 500 internal");

    assertThat(policy.count(internal, 1, null, YOUNG).delay())
        .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(12));
    assertThat(policy.count(internal, 2, null, YOUNG).delay())
        .isBetween(Duration.ofHours(1), Duration.ofMinutes(72));
    Outcome last = policy.count(internal, 3, null, YOUNG);
    assertThat(last.kind()).isEqualTo(Kind.DEAD);
    assertThat(last.reason()).isEqualTo("attempts_spent");
    assertThat(last.error()).contains("3 attempts", "status 500 internal");
  }

  @Test
  void theRowsOwnLimitOfAttemptsHolds() {
    Outcome internal = Outcome.retry("internal", "e");

    assertThat(policy.count(internal, 1, 1, YOUNG).kind()).isEqualTo(Kind.DEAD);
    assertThat(policy.count(internal, 8, 9, YOUNG).kind()).isEqualTo(Kind.RETRY);
  }

  @Test
  void theTargetsTimeCountsWhereItIsLongerThanTheSchedule() {
    Outcome asked = Outcome.retry("internal", "e").notBefore(Duration.ofMinutes(5));

    assertThat(policy.count(asked, 1, null, YOUNG).delay())
        .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));
    assertThat(policy.count(asked, 2, null, YOUNG).delay())
        .isGreaterThanOrEqualTo(Duration.ofHours(1));
  }

  @Test
  void beingThrottledDoesNotCountWhileTheRowIsYoung() {
    Outcome throttled = Outcome.throttled("throttled", "e", Duration.ofMinutes(2));

    Outcome young = policy.count(throttled, 3, null, YOUNG);
    assertThat(young.kind()).isEqualTo(Kind.GIVE_BACK);
    assertThat(young.delay()).isGreaterThanOrEqualTo(Duration.ofMinutes(2));
    assertThat(policy.count(throttled, 2, null, OLD).kind()).isEqualTo(Kind.RETRY);
    assertThat(policy.count(throttled, 3, null, OLD).kind()).isEqualTo(Kind.DEAD);
  }

  @Test
  void whatWasNotRunNeverCounts() {
    Outcome notRun = Outcome.giveBack("not_run", "e", Duration.ZERO);

    assertThat(policy.count(notRun, 99, 1, OLD).kind()).isEqualTo(Kind.GIVE_BACK);
  }

  @Test
  void rejectedIsDeadAtTheFirstAttempt() {
    Outcome dead = policy.count(Outcome.dead("rejected", "e"), 1, null, YOUNG);

    assertThat(dead.kind()).isEqualTo(Kind.DEAD);
    assertThat(dead.reason()).isEqualTo("rejected");
  }

  @Test
  void countingKeepsASuspicion() {
    Outcome rejected = policy.count(Outcome.dead("rejected", "e").suspected(), 1, null, YOUNG);
    Outcome spent = policy.count(Outcome.retry("timeout", "e").suspected(), 3, null, YOUNG);
    Outcome retried = policy.count(Outcome.retry("timeout", "e").suspected(), 1, null, YOUNG);

    assertThat(List.of(rejected, spent, retried)).allMatch(Outcome::suspect);
    assertThat(retried.delay()).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
  }
}
