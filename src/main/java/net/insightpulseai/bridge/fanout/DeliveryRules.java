package net.insightpulseai.bridge.fanout;

import java.time.Instant;
import net.insightpulseai.bridge.answer.Answer;
import net.insightpulseai.bridge.answer.AnswerPolicy;
import net.insightpulseai.bridge.answer.FailureRules;
import net.insightpulseai.bridge.answer.Verdict;
import net.insightpulseai.bridge.outbox.TargetLimits;

/** What the answers of one kind of subscriber mean. */
public interface DeliveryRules {

  /** Whose answers. */
  Subscriber.Kind kind();

  /** Counts its attempts. */
  AnswerPolicy policy();

  /** How much at once, and how fast, a subscriber of this kind is sent. */
  default TargetLimits.Limits limits(Subscriber subscriber) {
    return new TargetLimits.Limits(subscriber.slots(), subscriber.rate());
  }

  /**
   * What an answer means; a pure function.
   *
   * @param now what a date in {@code Retry-After} is compared with
   */
  Verdict judge(Answer answer, Instant now);

  /** What it means that no answer came. */
  default Verdict judge(Throwable failure) {
    return FailureRules.judge(failure);
  }
}
