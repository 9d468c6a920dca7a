package net.insightpulseai.bridge.edition;

import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.component.timer.TimerEndpoint;
import org.apache.camel.spi.RoutePolicy;
import org.jspecify.annotations.Nullable;

/**
 * Gives what begins in a route its edition: the current one, if the route belongs to it. A timer
 * does not run while another version of its route does; it runs at its next time.
 */
final class EditionPolicy implements RoutePolicy {

  private static final String HAS_TURN = "routesTurn";

  private final Editions editions;
  private final Edition first;
  private final Turn turn;
  private volatile @Nullable Edition last;

  /**
   * @param turn shared by all versions of the route
   */
  EditionPolicy(Editions editions, Edition first, Turn turn) {
    this.editions = editions;
    this.first = first;
    this.turn = turn;
  }

  void endAfter(Edition edition) {
    last = edition;
  }

  /** The first edition of a route, however often it was stopped and started since. */
  static long since(Route route, long otherwise) {
    EditionPolicy known = of(route);
    return known == null ? otherwise : known.first.number();
  }

  /** Whether nothing of this edition begins in a route any more. */
  static boolean endedBefore(Route route, long edition) {
    EditionPolicy known = of(route);
    Edition end = known == null ? null : known.last;
    return end != null && end.number() < edition;
  }

  private static @Nullable EditionPolicy of(Route route) {
    for (RoutePolicy policy : route.getRoutePolicyList()) {
      if (policy instanceof EditionPolicy known) {
        return known;
      }
    }
    return null;
  }

  @Override
  public void onExchangeBegin(Route route, Exchange exchange) {
    if (!Edition.has(exchange)) {
      edition().begin(exchange);
    }
    if (route.getEndpoint() instanceof TimerEndpoint) {
      if (turn.take(this)) {
        exchange.setProperty(HAS_TURN, true);
      } else {
        exchange.setRouteStop(true);
      }
    }
  }

  /** The route may have been entered just before it was replaced, or the others were. */
  private Edition edition() {
    Edition current = editions.current();
    Edition end = last;
    if (end != null && end.number() < current.number()) {
      return end;
    }
    return first.number() > current.number() ? first : current;
  }

  @Override
  public void onExchangeDone(Route route, Exchange exchange) {
    // The edition is told when the whole exchange has ended, not when this route has.
    if (route.getEndpoint() instanceof TimerEndpoint && exchange.removeProperty(HAS_TURN) != null) {
      turn.leave();
    }
  }

  @Override
  public void onInit(Route route) {}

  @Override
  public void onRemove(Route route) {}

  @Override
  public void onStart(Route route) {}

  @Override
  public void onStop(Route route) {}

  @Override
  public void onSuspend(Route route) {}

  @Override
  public void onResume(Route route) {}
}
