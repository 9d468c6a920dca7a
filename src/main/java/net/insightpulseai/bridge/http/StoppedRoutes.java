package net.insightpulseai.bridge.http;

import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * The addresses whose route does not run, because an operator has stopped or suspended it. A caller
 * is answered 503, and repeats. Camel alone answers a suspended route so; a stopped one with an
 * empty error, and one that never started with 404, which a caller takes for a final answer.
 */
@Component
class StoppedRoutes {

  // Later than this bean: the web server starts before Camel does.
  private final ObjectProvider<CamelContext> camel;
  private final PathPatternParser patterns = new PathPatternParser();

  StoppedRoutes(ObjectProvider<CamelContext> camel) {
    this.camel = camel;
  }

  /** Whether such a route would serve this request. */
  boolean serve(String method, String path) {
    CamelContext context = camel.getIfAvailable();
    return context != null
        && context.getRoutes().stream()
            .filter(
                route -> !context.getRouteController().getRouteStatus(route.getId()).isStarted())
            .anyMatch(route -> matches(route, method, path));
  }

  private boolean matches(Route route, String method, String path) {
    if (!(route.getEndpoint() instanceof PlatformHttpEndpoint endpoint)) {
      return false;
    }
    String methods = endpoint.getHttpMethodRestrict();
    return (methods == null || List.of(methods.split(",")).contains(method))
        && patterns.parse(endpoint.getPath()).matches(PathContainer.parsePath(path));
  }
}
