package net.insightpulseai.bridge.fanout;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertiesFunction;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.stereotype.Component;

/** What routes know of deliveries: <code>{{delivery:response-timeout}}</code> in milliseconds. */
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
    if (!name.equals("response-timeout")) {
      throw new IllegalArgumentException("{{delivery:" + name + "}}: expected response-timeout");
    }
    return String.valueOf(settings.responseTimeout().toMillis());
  }
}
