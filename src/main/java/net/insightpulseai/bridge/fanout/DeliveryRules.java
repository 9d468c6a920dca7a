package net.insightpulseai.bridge.fanout;

import net.insightpulseai.bridge.answer.TargetRules;
import net.insightpulseai.bridge.outbox.TargetLimits;

/** What the answers of one kind of subscriber mean. */
public interface DeliveryRules extends TargetRules {

  /** Whose answers. */
  Subscriber.Kind kind();

  /** How much at once, and how fast, a subscriber of this kind is sent. */
  default TargetLimits.Limits limits(Subscriber subscriber) {
    return new TargetLimits.Limits(subscriber.slots(), subscriber.rate());
  }
}
