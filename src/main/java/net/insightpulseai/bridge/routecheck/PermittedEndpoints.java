package net.insightpulseai.bridge.routecheck;

import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.ComponentResolver;
import org.apache.camel.spi.EndpointStrategy;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.support.PluginHelper;

/**
 * Refuses every endpoint of a component that routes may not use, however its address came about,
 * and whichever code asks for it. Components that are not there yet are refused before they are
 * made.
 */
@org.springframework.stereotype.Component
final class PermittedEndpoints implements CamelContextConfiguration, EndpointStrategy {

  /** The step {@code bean} asks for the component, and for no endpoint of it. */
  private static final String OF_STEPS = "bean";

  private final Set<String> allowed;

  PermittedEndpoints(PermitSettings settings) {
    this.allowed = Set.copyOf(settings.allowComponents());
  }

  @Override
  public void beforeApplicationStart(CamelContext camel) {
    var extension = camel.getCamelContextExtension();
    ComponentResolver resolver = PluginHelper.getComponentResolver(extension);
    extension.addContextPlugin(
        ComponentResolver.class, (scheme, context) -> resolve(scheme, context, resolver));
    extension.registerEndpointCallback(this);
  }

  @Override
  public void afterApplicationStart(CamelContext camel) {
    // nothing to do
  }

  private Component resolve(String scheme, CamelContext camel, ComponentResolver resolver)
      throws Exception {
    if (!scheme.equals(OF_STEPS)) {
      require(scheme);
    }
    return resolver.resolveComponent(scheme, camel);
  }

  @Override
  public Endpoint registerEndpoint(String uri, Endpoint endpoint) {
    require(uri.replaceFirst("(?s)[:?].*", ""));
    return endpoint;
  }

  /**
   * @throws IllegalArgumentException if routes may not use the component
   */
  private void require(String scheme) {
    if (!allowed.contains(scheme)) {
      throw new IllegalArgumentException(
          PermitSettings.refusal("component", scheme, allowed, "allow-components"));
    }
  }
}
