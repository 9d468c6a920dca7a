package net.insightpulseai.bridge.config;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertiesFunction;
import org.apache.camel.spring.boot.CamelContextConfiguration;

/** Settings that routes read as <code>{{name:…}}</code>; what there is says {@code apply}. */
public abstract class RoutePlaceholders implements PropertiesFunction, CamelContextConfiguration {

  private final String name;

  /**
   * @param name what comes before the colon
   */
  protected RoutePlaceholders(String name) {
    this.name = name;
  }

  @Override
  public final void beforeApplicationStart(CamelContext context) {
    context.getPropertiesComponent().addPropertiesFunction(this);
  }

  @Override
  public final void afterApplicationStart(CamelContext context) {
    // nothing is left to do
  }

  @Override
  public final String getName() {
    return name;
  }
}
