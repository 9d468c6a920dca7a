package net.insightpulseai.bridge.reload;

import java.time.Duration;
import net.insightpulseai.bridge.config.Repeated;
import net.insightpulseai.bridge.history.VersionLog;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Keeps what runs and what the database knows of it together. */
@Component
class VersionWatch implements SmartLifecycle {

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** For the database; what is not recorded by then is recorded at the next start. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final RouteReload reload;
  private final Repeated looks;

  VersionWatch(RouteReload reload, VersionLog versions, Pinning pinning) {
    this.reload = reload;
    this.looks =
        new Repeated(
            "routes-versions",
            INTERVAL,
            () -> {
              versions.flush();
              pinning.follow();
            });
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

  /** Called when Camel has started: only what could be started is a version. */
  @Override
  @EventListener(ApplicationReadyEvent.class)
  public void start() {
    reload.started();
    looks.start();
  }

  @Override
  public void stop() {
    looks.stop(PATIENCE);
  }

  @Override
  public boolean isRunning() {
    return looks.isRunning();
  }
}
