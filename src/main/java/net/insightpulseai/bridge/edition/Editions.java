package net.insightpulseai.bridge.edition;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.springframework.stereotype.Component;

/**
 * The editions of the routes. Each route belongs to those from when it was built until it is
 * replaced. An exchange runs in one of them to its end, so that it never meets a mixture.
 */
@Component
public final class Editions implements RoutePolicyFactory {

  private final List<Edition> past = new ArrayList<>();
  private final Map<String, Turn> turns = new ConcurrentHashMap<>();
  private volatile Edition current = new Edition(1);
  private volatile Edition next = current;
  private long last = 1;

  /** Begins an edition: routes that are built from now on belong to it. */
  public synchronized void prepare() {
    next = new Edition(++last);
  }

  /** What begins from now on runs in the edition that was prepared. */
  public synchronized void publish() {
    past.add(current);
    current = next;
  }

  /** Gives up the edition that was prepared. */
  public synchronized void abandon() {
    next = current;
  }

  /** Whether routes are being replaced right now. */
  public boolean changing() {
    return next != current;
  }

  public Edition current() {
    return current;
  }

  /** The edition that routes are built for. */
  long building() {
    return next.number();
  }

  /** Nothing begins in a route any more after this edition. */
  public static void endAfter(Route route, Edition last) {
    for (RoutePolicy policy : route.getRoutePolicyList()) {
      if (policy instanceof EditionPolicy edition) {
        edition.endAfter(last);
      }
    }
  }

  /** Whether nothing runs in this edition or an earlier one. */
  public synchronized boolean drained(Edition edition) {
    return past.stream().filter(one -> one.number() <= edition.number()).allMatch(Edition::idle);
  }

  /** No route of this edition, or an earlier one alone, is left. */
  public synchronized void forget(Edition edition) {
    past.removeIf(one -> one.number() <= edition.number() && one.idle());
  }

  @Override
  public RoutePolicy createRoutePolicy(CamelContext camel, String routeId, NamedNode route) {
    return new EditionPolicy(this, next, turns.computeIfAbsent(routeId, id -> new Turn()));
  }
}
