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
    Verdict internal = Verdict.retry("internal", "status 500 internal");

    assertThat(policy.decide(internal, 1, null, YOUNG).delay())
        .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(12));
    assertThat(policy.decide(internal, 2, null, YOUNG).delay())
        .isBetween(Duration.ofHours(1), Duration.ofMinutes(72));
    Outcome last = policy.decide(internal, 3, null, YOUNG);
    assertThat(last.kind()).isEqualTo(Kind.DEAD);
    assertThat(last.reason()).isEqualTo("attempts_spent");
    assertThat(last.error()).contains("3 attempts", "status 500 internal");
  }

  @Test
  void theRowsOwnLimitOfAttemptsHolds() {
    Verdict internal = Verdict.retry("internal", "e");

    assertThat(policy.decide(internal, 1, 1, YOUNG).kind()).isEqualTo(Kind.DEAD);
    assertThat(policy.decide(internal, 8, 9, YOUNG).kind()).isEqualTo(Kind.RETRY);
  }

  @Test
  void theTargetsTimeCountsWhereItIsLongerThanTheSchedule() {
    Verdict asked = Verdict.retry("internal", "e").notBefore(Duration.ofMinutes(5));

    assertThat(policy.decide(asked, 1, null, YOUNG).delay())
        .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));
    assertThat(policy.decide(asked, 2, null, YOUNG).delay())
        .isGreaterThanOrEqualTo(Duration.ofHours(1));
  }

  @Test
  void beingThrottledDoesNotCountWhileTheRowIsYoung() {
    Verdict throttled =
        Verdict.retry("throttled", "e").as(Verdict.Act.THROTTLED).notBefore(Duration.ofMinutes(2));

    Outcome young = policy.decide(throttled, 3, null, YOUNG);
    assertThat(young.kind()).isEqualTo(Kind.GIVE_BACK);
    assertThat(young.delay()).isGreaterThanOrEqualTo(Duration.ofMinutes(2));
    assertThat(policy.decide(throttled, 2, null, OLD).kind()).isEqualTo(Kind.RETRY);
    assertThat(policy.decide(throttled, 3, null, OLD).kind()).isEqualTo(Kind.DEAD);
  }

  @Test
  void whatWasNotRunNeverCounts() {
    Verdict notRun = Verdict.retry("not_run", "e").as(Verdict.Act.NOT_RUN);

    assertThat(policy.decide(notRun, 99, 1, OLD).kind()).isEqualTo(Kind.GIVE_BACK);
  }

  @Test
  void rejectedIsDeadAtTheFirstAttempt() {
    Outcome dead = policy.decide(Verdict.reject("rejected", "e"), 1, null, YOUNG);

    assertThat(dead.kind()).isEqualTo(Kind.DEAD);
    assertThat(dead.reason()).isEqualTo("rejected");
  }

  @Test
  void aSuspectOutcomeAlwaysHasADelaySoThatItCanBeGivenBack() {
    Verdict suspect = Verdict.reject("rejected", "e").suspected();

    Outcome outcome = policy.decide(suspect, 1, null, YOUNG);

    assertThat(outcome.suspect()).isTrue();
    assertThat(outcome.delay()).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
  }
}
