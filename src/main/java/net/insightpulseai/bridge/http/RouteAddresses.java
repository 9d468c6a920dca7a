package net.insightpulseai.bridge.http;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * The addresses of Camel's routes, whether they run or not. Where an operator has stopped or
 * suspended one, a caller is answered 503, and repeats. Camel alone answers a suspended route so; a
 * stopped one with an empty error, and one that never started with 404, which a caller takes for a
 * final answer.
 */
@Component
class RouteAddresses {

  // Later than this bean: the web server starts before Camel does.
  private final ObjectProvider<CamelContext> camel;
  private final PathPatternParser patterns = new PathPatternParser();

  RouteAddresses(ObjectProvider<CamelContext> camel) {
    this.camel = camel;
  }

  /** Whether a route that does not run would serve this request. */
  boolean isStopped(String method, String path) {
    return at(path)
        .filter(
            route ->
                !route
                    .getCamelContext()
                    .getRouteController()
                    .getRouteStatus(route.getId())
                    .isStarted())
        .map(RouteAddresses::methods)
        .anyMatch(methods -> methods.isEmpty() || methods.contains(method));
  }

  /** The methods that are served at this path, as the header {@code Allow} has them. */
  String allowed(String path) {
    Set<String> all = new TreeSet<>(Set.of("OPTIONS"));
    at(path).map(RouteAddresses::methods).forEach(all::addAll);
    if (all.contains("GET")) {
      all.add("HEAD");
    }
    return String.join(", ", all);
  }

  private Stream<Route> at(String path) {
    CamelContext context = camel.getIfAvailable();
    if (context == null) {
      return Stream.empty();
    }
    PathContainer parsed = PathContainer.parsePath(path);
    return context.getRoutes().stream()
        .filter(
            route ->
                route.getEndpoint() instanceof PlatformHttpEndpoint endpoint
                    && patterns.parse(endpoint.getPath()).matches(parsed));
  }

  /** Empty if it serves all of them. */
  private static List<String> methods(Route route) {
    String methods = ((PlatformHttpEndpoint) route.getEndpoint()).getHttpMethodRestrict();
    return methods == null ? List.of() : List.of(methods.split(","));
  }
}
