package net.insightpulseai.bridge.delivery;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.outbox.TargetLimits;
import net.insightpulseai.bridge.subscriber.Subscriber;
import net.insightpulseai.bridge.subscriber.SubscriberCache;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Each subscriber's concurrency and rate limits, by the rules of its kind. */
@Component
class SubscriberLimits implements TargetLimits {

  private final SubscriberCache subscribers;

  private final Map<Subscriber.Kind, DeliveryRules> rules = new EnumMap<>(Subscriber.Kind.class);

  SubscriberLimits(SubscriberCache subscribers, List<DeliveryRules> rules) {
    this.subscribers = subscribers;
    rules.forEach(one -> this.rules.put(one.kind(), one));
  }

  @Override
  public @Nullable Limits of(String target) {
    if (!target.startsWith(Subscriber.TARGET_PREFIX)) {
      return null;
    }
    Subscriber subscriber = subscribers.find(target);
    if (subscriber == null) {
      return null;
    }
    DeliveryRules own = rules.get(subscriber.kind());
    return own == null ? null : own.limits(subscriber);
  }
}
