package net.insightpulseai.bridge.answer;

import java.time.Instant;
import net.insightpulseai.bridge.outbox.Outcome;

/** What the answers of one kind of target mean, and how its attempts are counted. */
public interface TargetRules {

  /** Counts its attempts. */
  AnswerPolicy policy();

  /**
   * What an answer means; a pure function.
   *
   * @param now what a date in {@code Retry-After} is compared with
   */
  Outcome judge(Answer answer, Instant now);

  /** What a missing answer means. */
  default Outcome judge(Throwable failure) {
    return FailureRules.judge(failure);
  }
}
