package net.insightpulseai.bridge.edition;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds routes by a name that is known only when an exchange comes. */
@Component
public final class RouteNames {

  private final DirectCalls calls;

  RouteNames(DirectCalls calls) {
    this.calls = calls;
  }

  /**
   * The endpoint of a route in the edition of the exchange. One that an operator has stopped is
   * found, too: a call of it fails.
   *
   * @param name what stands behind {@code direct:}
   * @return null if there is no such route
   */
  public @Nullable Endpoint find(String name, Exchange exchange) {
    CamelContext camel = exchange.getContext();
    Endpoint endpoint = camel.hasEndpoint("direct:" + name);
    if (endpoint == null) {
      return null;
    }
    String key = "direct://" + name;
    boolean found =
        calls.serves(key, Edition.of(exchange, calls.editions().current().number()))
            // Stopped; one that an edit has replaced or removed is not there any more.
            || camel.getRoutes().stream().anyMatch(route -> route.getEndpoint() == endpoint);
    return found ? endpoint : null;
  }
}
