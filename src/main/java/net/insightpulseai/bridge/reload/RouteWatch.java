package net.insightpulseai.bridge.reload;

import java.time.Duration;
import net.insightpulseai.bridge.config.Repeated;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Looks at the route files again and again. The file system is not asked to tell of changes: on
 * bind mounts, network drives and mounted ConfigMaps it does not.
 */
@Component
class RouteWatch implements SmartLifecycle {

  private static final Duration INTERVAL = Duration.ofMillis(500);

  private final Repeated looks;

  RouteWatch(RouteReload reload) {
    this.looks = new Repeated("routes-watch", INTERVAL, reload::look);
  }

  /** Camel starts after all that starts by itself. */
  @Override
  public boolean isAutoStartup() {
    return false;
  }

  /** It ends before Camel stops. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }

  /** Called when Camel has started. */
  @Override
  @EventListener(ApplicationReadyEvent.class)
  public void start() {
    looks.start();
  }

  /** A reload that has begun is waited for, so that Camel does not stop amid it. */
  @Override
  public void stop() {
    looks.stop(Duration.ZERO);
  }

  @Override
  public boolean isRunning() {
    return looks.isRunning();
  }
}
