package net.insightpulseai.bridge.reload;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The edit of the route files that does not run on this instance. */
@Component
public class RefusedRoutes {

  private final RouteReload reload;

  RefusedRoutes(RouteReload reload) {
    this.reload = reload;
  }

  /** The refused edit; null if what is in the folder runs. */
  public @Nullable RefusedEdit now() {
    return reload.refused();
  }
}
