package net.insightpulseai.bridge.tracing;

import io.opentelemetry.api.trace.Tracer;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.jspecify.annotations.Nullable;

/**
 * Gives a span to what arrives and to what is claimed: requests of routes in the group {@code
 * ingress}, and the rows of both queues. Look-ups, acts of operators and timers have none.
 */
final class TraceRoutes implements RoutePolicyFactory {

  private static final String INGRESS = "ingress";

  private final Tracer tracer;

  TraceRoutes(Tracer tracer) {
    this.tracer = tracer;
  }

  @Override
  public @Nullable RoutePolicy createRoutePolicy(
      CamelContext camel, String routeId, NamedNode node) {
    if (!(node instanceof RouteDefinition route) || route.getInput() == null) {
      return null;
    }
    String from = route.getInput().getEndpointUri();
    if (from.startsWith("platform-http:") && INGRESS.equals(route.getGroup())) {
      return new RequestSpans(tracer, routeId);
    }
    return from.startsWith("outbox:") ? new RowSpans(tracer, routeId) : null;
  }
}
