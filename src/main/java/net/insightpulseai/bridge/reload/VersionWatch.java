package net.insightpulseai.bridge.reload;

import java.time.Duration;
import net.insightpulseai.bridge.history.VersionLog;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Keeps what runs and what the database knows of it together. */
@Component
class VersionWatch implements SmartLifecycle {

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** For the database; what is not recorded by then is recorded at the next start. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final RouteReload reload;
  private final VersionLog versions;
  private final Repeated looks;

  VersionWatch(RouteReload reload, VersionLog versions) {
    this.reload = reload;
    this.versions = versions;
    this.looks = new Repeated("routes-versions", INTERVAL, versions::flush);
  }

  /** After Camel has started: only what could be started is a version. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }

  @Override
  public void start() {
    versions.add(reload.running().applied(null));
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
