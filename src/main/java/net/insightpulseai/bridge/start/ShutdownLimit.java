package net.insightpulseai.bridge.start;

import java.time.Duration;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.event.SpringApplicationEvent;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/**
 * Ends the process if it has not stopped some time after the signal to stop. A start that hangs, in
 * a connection to the database for example, would otherwise keep the JVM until the platform kills
 * it. Nothing is lost: rows in flight are sent again under their idempotency keys.
 */
public final class ShutdownLimit implements ApplicationListener<SpringApplicationEvent> {

  /** Nothing has been accepted yet, so there is nothing to finish. */
  private static final Duration WHILE_STARTING = Duration.ofSeconds(5);

  private static final int STATUS = 1;

  private volatile boolean ready;

  @Override
  public void onApplicationEvent(SpringApplicationEvent event) {
    if (event instanceof ApplicationEnvironmentPreparedEvent prepared) {
      install(prepared.getEnvironment());
    } else if (event instanceof ApplicationReadyEvent) {
      ready = true;
    }
  }

  private void install(Environment environment) {
    Duration limit = limit(environment);
    // The hook itself returns at once: the JVM waits for its hooks, but not for a daemon thread.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> watch(limit), "shutdown-limit"));
  }

  private static Duration limit(Environment environment) {
    try {
      return Binder.get(environment)
          .bindOrCreate("bridge.shutdown", ShutdownSettings.class)
          .limit();
    } catch (BindException e) {
      // StartChecks reports it, with everything else that is wrong.
      return WHILE_STARTING;
    }
  }

  private void watch(Duration limit) {
    boolean starting = !ready;
    Duration left = starting && WHILE_STARTING.compareTo(limit) < 0 ? WHILE_STARTING : limit;
    Thread watch = new Thread(() -> endAfter(left, starting), "shutdown-limit-reached");
    watch.setDaemon(true);
    watch.start();
  }

  private static void endAfter(Duration left, boolean starting) {
    try {
      // A thread of its own: while the JVM stops, no executor of the bridge can be relied on.
      Thread.sleep(left.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    System.err.println(
        starting
            ? "The bridge was told to stop while it was starting. It is ended now, because it still waits: "
                + "if this is not what you wanted, look at the database first."
            : "The bridge has not stopped within %d s and is ended now (bridge.shutdown.limit). "
                    .formatted(left.toSeconds())
                + "Rows in flight are sent again under their idempotency keys.");
    Runtime.getRuntime().halt(STATUS);
  }
}
