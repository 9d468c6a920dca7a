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

  private final int slots;

  SubscriberLimits(
      SubscriberCache subscribers, DeliverySettings settings, List<DeliveryRules> rules) {
    this.subscribers = subscribers;
    this.slots = settings.slots();
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
    Limits limits = own == null ? null : own.limits(subscriber);
    // Odoo has few workers, and needs them for the actions and for its users.
    return limits == null || limits.slots() != null || subscriber.kind() == Subscriber.Kind.ODOO
        ? limits
        : new Limits(slots, limits.perSecond());
  }
}
