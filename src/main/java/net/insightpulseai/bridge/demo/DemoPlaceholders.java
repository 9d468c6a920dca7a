package net.insightpulseai.bridge.demo;

import net.insightpulseai.bridge.BridgeMode;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertiesFunction;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.stereotype.Component;

/** Whether this is the demo, for the routes that only it has: <code>{{demo:active}}</code>. */
@Component
class DemoPlaceholders implements PropertiesFunction, CamelContextConfiguration {

  private final BridgeMode mode;

  DemoPlaceholders(BridgeMode mode) {
    this.mode = mode;
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
    return "demo";
  }

  @Override
  public String apply(String name) {
    if (!name.equals("active")) {
      throw new IllegalArgumentException("{{demo:" + name + "}}: expected active");
    }
    return String.valueOf(mode.isDemo());
  }
}
