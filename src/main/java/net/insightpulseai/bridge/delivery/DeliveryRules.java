package net.insightpulseai.bridge.delivery;

import net.insightpulseai.bridge.answer.TargetRules;
import net.insightpulseai.bridge.outbox.ClaimedRow;
import net.insightpulseai.bridge.outbox.Outcome;
import net.insightpulseai.bridge.outbox.TargetLimits;
import net.insightpulseai.bridge.subscriber.Subscriber;

/** What the answers of one kind of subscriber mean. */
public interface DeliveryRules extends TargetRules {

  /** The kind of subscriber. */
  Subscriber.Kind kind();

  /**
   * What a missing answer means for this row of this subscriber; by default the same as for all of
   * its kind.
   */
  default Outcome judge(Throwable failure, ClaimedRow row, Subscriber subscriber) {
    return judge(failure);
  }

  /** How many calls at once, and at what rate, a subscriber of this kind receives. */
  default TargetLimits.Limits limits(Subscriber subscriber) {
    return new TargetLimits.Limits(subscriber.slots(), subscriber.rate());
  }
}
