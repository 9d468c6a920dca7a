package net.insightpulseai.bridge.reload;

import java.util.List;
import net.insightpulseai.bridge.history.Pin;
import net.insightpulseai.bridge.routecheck.Finding;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * The details {@code routes} of the management port. Always up: a bad edit changes nothing that
 * runs, so it must not take the service out.
 */
@Component("routesHealthIndicator")
class RoutesHealth implements HealthIndicator {

  private final RouteReload reload;
  private final PinState pin;

  RoutesHealth(RouteReload reload, PinState pin) {
    this.reload = reload;
    this.pin = pin;
  }

  @Override
  public Health health() {
    RouteVersion running = reload.running();
    Health.Builder health =
        Health.up()
            .withDetail("applied", running.hash())
            .withDetail("since", running.at().toString());
    Pin pinned = pin.honoured();
    if (pinned != null) {
      health.withDetail("pinned", pinned.toString());
    }
    RefusedEdit refused = reload.refused();
    if (refused != null) {
      List<String> findings = refused.findings().stream().map(Finding::toString).toList();
      health
          .withDetail("warning", "the route files have faults; what ran before them goes on")
          .withDetail("refused", refused.hash())
          .withDetail("findings", findings);
    }
    return health.build();
  }
}
