package net.insightpulseai.bridge.http;

import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.jspecify.annotations.Nullable;

/** Finds the route of an address, and the guard that is its first step. */
final class Doors {

  private Doors() {}

  static Intake.Door of(PlatformHttpEndpoint endpoint) {
    CamelContext camel = endpoint.getCamelContext();
    String route =
        camel.getRoutes().stream()
            .filter(one -> one.getEndpoint() == endpoint)
            .findFirst()
            .map(Route::getId)
            .orElse(endpoint.getPath());
    return new Intake.Door(route, guard((ModelCamelContext) camel, route));
  }

  private static @Nullable Guard guard(ModelCamelContext camel, String route) {
    RouteDefinition definition = camel.getRouteDefinition(route);
    ProcessorDefinition<?> first =
        definition == null
            ? null
            : definition.getOutputs().stream()
                .filter(step -> !step.isAbstract())
                .findFirst()
                .orElse(null);
    return first instanceof ProcessDefinition process && process.getRef() != null
        ? camel.getRegistry().lookupByNameAndType(process.getRef(), Object.class)
                instanceof Guard guard
            ? guard
            : null
        : null;
  }
}
