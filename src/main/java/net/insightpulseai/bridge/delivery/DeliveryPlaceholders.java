package net.insightpulseai.bridge.delivery;

import net.insightpulseai.bridge.config.PlaceholderNames;
import net.insightpulseai.bridge.config.RoutePlaceholders;
import org.springframework.stereotype.Component;

/**
 * The timeouts of deliveries as route placeholders, in milliseconds: <code>
 * {{delivery:response-timeout}}</code> for one call, and <code>{{delivery:attempt-timeout}}</code>
 * for an attempt, which may make two calls.
 */
@Component
@PlaceholderNames(
    prefix = "delivery",
    samples = {"response-timeout=15000", "attempt-timeout=30000"})
class DeliveryPlaceholders extends RoutePlaceholders {

  private final DeliverySettings settings;

  DeliveryPlaceholders(DeliverySettings settings) {
    super("delivery");
    this.settings = settings;
  }

  @Override
  public String apply(String name) {
    long call = settings.responseTimeout().toMillis();
    return switch (name) {
      case "response-timeout" -> String.valueOf(call);
      case "attempt-timeout" -> String.valueOf(2 * call);
      default ->
          throw new IllegalArgumentException(
              "{{delivery:" + name + "}}: expected response-timeout or attempt-timeout");
    };
  }
}
