package net.insightpulseai.bridge.config;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertiesFunction;
import org.apache.camel.spring.boot.CamelContextConfiguration;

/**
 * Values that routes read as <code>{{name:…}}</code>; {@code apply} resolves what follows the
 * colon.
 */
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
    // nothing to do
  }

  @Override
  public final String getName() {
    return name;
  }
}
