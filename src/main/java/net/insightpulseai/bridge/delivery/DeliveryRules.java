package net.insightpulseai.bridge.delivery;

import net.insightpulseai.bridge.answer.TargetRules;
import net.insightpulseai.bridge.outbox.TargetLimits;
import net.insightpulseai.bridge.subscriber.Subscriber;

/** What the answers of one kind of subscriber mean. */
public interface DeliveryRules extends TargetRules {

  /** The kind of subscriber. */
  Subscriber.Kind kind();

  /** How many calls at once, and at what rate, a subscriber of this kind receives. */
  default TargetLimits.Limits limits(Subscriber subscriber) {
    return new TargetLimits.Limits(subscriber.slots(), subscriber.rate());
  }
}
