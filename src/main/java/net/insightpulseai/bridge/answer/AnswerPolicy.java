package net.insightpulseai.bridge.answer;

import java.time.Clock;
import java.time.Duration;
import net.insightpulseai.bridge.outbox.ClaimedRow;
import net.insightpulseai.bridge.outbox.Outcome;
import net.insightpulseai.bridge.outbox.RetrySchedule;
import org.jspecify.annotations.Nullable;

/**
 * Counts attempts: turns what an answer means into what becomes of the row. Pure but for the
 * schedule's jitter.
 *
 * <p>A throttled attempt does not count while the row is younger than its whole schedule is long;
 * later it does. So a target that asks for patience is given as much again as one that fails, and
 * one that asks for ever is not waited for forever.
 */
public record AnswerPolicy(RetrySchedule schedule) {

  /** The outcome of this attempt of a row. */
  public Outcome decide(Verdict verdict, ClaimedRow row, Clock clock) {
    Duration age = Duration.between(row.createdAt(), clock.instant());
    return decide(verdict, row.attempt(), row.maxAttempts(), age);
  }

  /**
   * @param verdict what the answer means
   * @param attempt which attempt it was, from 1
   * @param rowMaxAttempts the row's own limit, if it has one
   * @param age how long the row has existed
   */
  Outcome decide(Verdict verdict, int attempt, @Nullable Integer rowMaxAttempts, Duration age) {
    Outcome outcome =
        switch (verdict.act()) {
          case DONE ->
              new Outcome(Outcome.Kind.DONE, verdict.reason(), null, null, null, false, null, null);
          case REJECT -> Outcome.dead(verdict.reason(), verdict.error());
          case NOT_RUN -> giveBack(verdict, attempt);
          case THROTTLED ->
              age.compareTo(schedule.total()) < 0
                  ? giveBack(verdict, attempt)
                  : retry(verdict, attempt, rowMaxAttempts);
          case RETRY -> retry(verdict, attempt, rowMaxAttempts);
        };
    return verdict.suspect() ? suspected(outcome, verdict, attempt) : outcome;
  }

  /** With a delay in any case: the engine may give the row back instead. */
  private Outcome suspected(Outcome outcome, Verdict verdict, int attempt) {
    Duration delay =
        outcome.delay() != null ? outcome.delay() : schedule.after(attempt, verdict.atLeast());
    return new Outcome(
        outcome.kind(),
        outcome.reason(),
        outcome.failure(),
        outcome.error(),
        delay,
        true,
        null,
        null);
  }

  private Outcome giveBack(Verdict verdict, int attempt) {
    Duration delay =
        verdict.stop() == null ? schedule.after(attempt, verdict.atLeast()) : Duration.ZERO;
    return Outcome.giveBack(verdict.reason(), verdict.error(), delay);
  }

  private Outcome retry(Verdict verdict, int attempt, @Nullable Integer rowMaxAttempts) {
    if (schedule.spent(attempt, rowMaxAttempts)) {
      return Outcome.spent(
          verdict.reason(), "gave up after " + attempt + " attempts; the last: " + verdict.error());
    }
    return Outcome.retry(
        verdict.reason(), verdict.error(), schedule.after(attempt, verdict.atLeast()));
  }
}
