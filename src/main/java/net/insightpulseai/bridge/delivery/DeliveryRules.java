package net.insightpulseai.bridge.delivery;

import net.insightpulseai.bridge.answer.TargetRules;
import net.insightpulseai.bridge.outbox.TargetLimits;
import net.insightpulseai.bridge.subscriber.Subscriber;

/** What the answers of one kind of subscriber mean. */
public interface DeliveryRules extends TargetRules {

  /** Whose answers. */
  Subscriber.Kind kind();

  /** How much at once, and how fast, a subscriber of this kind is sent. */
  default TargetLimits.Limits limits(Subscriber subscriber) {
    return new TargetLimits.Limits(subscriber.slots(), subscriber.rate());
  }
}
