package net.insightpulseai.bridge.kafka;

import net.insightpulseai.bridge.config.PlaceholderNames;
import net.insightpulseai.bridge.config.RoutePlaceholders;
import net.insightpulseai.bridge.delivery.DeliverySettings;
import org.springframework.stereotype.Component;

/**
 * The brokers and limits as route placeholders: <code>{{kafka:bootstrap-servers}}</code>, <code>
 * {{kafka:max-request}}</code> in bytes, and <code>{{kafka:request-timeout}}</code> in
 * milliseconds, half of what a call to a subscriber may take, so that a lost request is repeated
 * once within it.
 */
@Component
@PlaceholderNames(
    prefix = "kafka",
    samples = {
      "bootstrap-servers=kafka.invalid:9092",
      "max-request=1048000",
      "request-timeout=7500"
    })
class KafkaPlaceholders extends RoutePlaceholders {

  /** Nothing answers there; the name is what an operator finds in the log of a route of theirs. */
  private static final String NOWHERE = "bridge-kafka-bootstrap-servers-is-not-set.invalid:9092";

  private final KafkaSettings settings;
  private final DeliverySettings deliveries;

  KafkaPlaceholders(KafkaSettings settings, DeliverySettings deliveries) {
    super("kafka");
    this.settings = settings;
    this.deliveries = deliveries;
  }

  @Override
  public String apply(String name) {
    return switch (name) {
      case "bootstrap-servers" -> settings.configured() ? settings.bootstrapServers() : NOWHERE;
      case "max-request" -> String.valueOf(settings.maxRequest());
      case "request-timeout" -> String.valueOf(deliveries.responseTimeout().toMillis() / 2);
      default ->
          throw new IllegalArgumentException(
              "{{kafka:" + name + "}}: expected bootstrap-servers, max-request or request-timeout");
    };
  }
}
