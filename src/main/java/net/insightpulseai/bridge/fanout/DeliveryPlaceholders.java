package net.insightpulseai.bridge.fanout;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertiesFunction;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.stereotype.Component;

/**
 * What routes know of deliveries, in milliseconds: <code>{{delivery:response-timeout}}</code> of
 * one call, and <code>{{delivery:attempt-timeout}}</code> of an attempt, which may make two.
 */
@Component
class DeliveryPlaceholders implements PropertiesFunction, CamelContextConfiguration {

  private final DeliverySettings settings;

  DeliveryPlaceholders(DeliverySettings settings) {
    this.settings = settings;
  }

  @Override
  public void beforeApplicationStart(CamelContext context) {
    context.getPropertiesComponent().addPropertiesFunction(this);
  }

  @Override
  public void afterApplicationStart(CamelContext context) {
    // nothing is left to do
  }

  @Override
  public String getName() {
    return "delivery";
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
