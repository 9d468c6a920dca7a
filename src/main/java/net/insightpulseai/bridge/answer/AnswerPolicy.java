package net.insightpulseai.bridge.answer;

import java.time.Clock;
import java.time.Duration;
import net.insightpulseai.bridge.outbox.ClaimedRow;
import net.insightpulseai.bridge.outbox.Dead;
import net.insightpulseai.bridge.outbox.Failed;
import net.insightpulseai.bridge.outbox.GiveBack;
import net.insightpulseai.bridge.outbox.Outcome;
import net.insightpulseai.bridge.outbox.Retry;
import net.insightpulseai.bridge.outbox.RetrySchedule;
import org.jspecify.annotations.Nullable;

/**
 * Counts attempts: turns the meaning of an answer into the outcome of the row. Pure except for the
 * schedule's jitter.
 *
 * <p>A throttled attempt does not count while the row is younger than the whole schedule; later it
 * does. A target that asks for patience thus gets twice the time of one that fails, but not
 * unlimited time.
 */
public record AnswerPolicy(RetrySchedule schedule) {

  /** Counts this attempt of a row. */
  public Outcome count(Outcome judged, ClaimedRow row, Clock clock) {
    Duration age = Duration.between(row.createdAt(), clock.instant());
    return count(judged, row.attempt(), row.maxAttempts(), age);
  }

  /**
   * @param judged what the answer, or its absence, means
   * @param attempt which attempt it was, from 1
   * @param rowMaxAttempts the row's own limit, if it has one
   * @param age how long the row has existed
   */
  Outcome count(Outcome judged, int attempt, @Nullable Integer rowMaxAttempts, Duration age) {
    if (judged instanceof Retry retry) {
      return retry(retry, attempt, rowMaxAttempts);
    }
    if (judged instanceof GiveBack back && back.stop() == null) {
      return back.throttled() && age.compareTo(schedule.total()) >= 0
          ? retry(new Retry(back.failure(), back.delay()), attempt, rowMaxAttempts)
          : back.notBefore(schedule.after(attempt, back.delay()));
    }
    return judged;
  }

  private Failed retry(Retry judged, int attempt, @Nullable Integer rowMaxAttempts) {
    if (schedule.spent(attempt, rowMaxAttempts)) {
      return Dead.spent(
          judged.failure(), "gave up after " + attempt + " attempts; the last: " + judged.error());
    }
    return judged.notBefore(schedule.after(attempt, judged.delay()));
  }
}
