package net.insightpulseai.bridge.reload;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Looks at the route files again and again. The file system is not asked to tell of changes: on
 * bind mounts, network drives and mounted ConfigMaps it does not.
 */
@Component
class RouteWatch implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(RouteWatch.class);
  private static final Duration INTERVAL = Duration.ofMillis(500);

  private final RouteReload reload;
  private volatile CountDownLatch stopped = new CountDownLatch(1);
  private volatile @Nullable Thread watch;

  RouteWatch(RouteReload reload) {
    this.reload = reload;
  }

  /** After Camel has started, and until shortly before it stops. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }

  @Override
  public void start() {
    CountDownLatch end = new CountDownLatch(1);
    Thread thread = new Thread(() -> run(end), "routes-watch");
    thread.setDaemon(true);
    stopped = end;
    watch = thread;
    thread.start();
  }

  private void run(CountDownLatch end) {
    try {
      while (!end.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @SuppressWarnings("CatchThrowable") // without this thread no edit is ever noticed again
  private void look() {
    try {
      reload.look();
    } catch (Throwable e) {
      LOG.error("Looking for edits of the routes failed; trying again", e);
    }
  }

  /** A reload that has begun is waited for, so that Camel does not stop amid it. */
  @Override
  public void stop() {
    Thread thread = watch;
    watch = null;
    stopped.countDown();
    try {
      if (thread != null) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return watch != null;
  }
}
