package net.insightpulseai.bridge.http;

import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.jspecify.annotations.Nullable;

/**
 * The route that serves an address.
 *
 * @param id the route's
 * @param guard its first step, if that is a guard
 */
record GuardedRoute(String id, @Nullable Guard guard) {

  static GuardedRoute of(PlatformHttpEndpoint endpoint) {
    CamelContext camel = endpoint.getCamelContext();
    String id =
        camel.getRoutes().stream()
            .filter(route -> route.getEndpoint() == endpoint)
            .findFirst()
            .map(Route::getId)
            .orElse(endpoint.getPath());
    return new GuardedRoute(id, guard((ModelCamelContext) camel, id));
  }

  private static @Nullable Guard guard(ModelCamelContext camel, String id) {
    RouteDefinition route = camel.getRouteDefinition(id);
    return route != null
            && firstStep(route) instanceof ProcessDefinition step
            && step.getRef() != null
            && camel.getRegistry().lookupByName(step.getRef()) instanceof Guard guard
        ? guard
        : null;
  }

  /** Without what a route configuration has put before it. */
  private static @Nullable ProcessorDefinition<?> firstStep(RouteDefinition route) {
    for (ProcessorDefinition<?> step : route.getOutputs()) {
      if (!step.isAbstract()) {
        return step;
      }
    }
    return null;
  }
}
