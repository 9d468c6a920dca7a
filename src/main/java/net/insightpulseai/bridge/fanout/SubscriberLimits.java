package net.insightpulseai.bridge.fanout;

import net.insightpulseai.bridge.outbox.TargetLimits;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Each subscriber's own slots and rate. */
@Component
class SubscriberLimits implements TargetLimits {

  private final SubscriberBook subscribers;

  SubscriberLimits(SubscriberBook subscribers) {
    this.subscribers = subscribers;
  }

  @Override
  public @Nullable Limits of(String target) {
    if (!target.startsWith(Subscriber.TARGET_PREFIX)) {
      return null;
    }
    Subscriber subscriber = subscribers.find(target);
    return subscriber == null ? null : new Limits(subscriber.slots(), subscriber.rate());
  }
}
