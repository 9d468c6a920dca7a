package net.insightpulseai.bridge.config;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something again and again, in a thread of its own, whatever becomes of it. */
public final class Repeated {

  private static final Logger LOG = LoggerFactory.getLogger(Repeated.class);

  private final String name;
  private final Duration interval;
  private final Runnable task;
  private volatile CountDownLatch stopped = new CountDownLatch(1);
  private volatile @Nullable Thread thread;

  /**
   * @param name of the thread
   * @param interval between the end of one time and the next
   */
  public Repeated(String name, Duration interval, Runnable task) {
    this.name = name;
    this.interval = interval;
    this.task = task;
  }

  /** Begins with a pause of one interval. */
  public void start() {
    CountDownLatch end = new CountDownLatch(1);
    Thread started = new Thread(() -> run(end), name);
    started.setDaemon(true);
    stopped = end;
    thread = started;
    started.start();
  }

  private void run(CountDownLatch end) {
    try {
      while (!end.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
        once();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @SuppressWarnings("CatchThrowable") // without this thread it would never be done again
  private void once() {
    try {
      task.run();
    } catch (Throwable e) {
      LOG.error("{} failed; trying again", name, e);
    }
  }

  /** What has begun is waited for, but not longer than this; zero is for ever. */
  public void stop(Duration limit) {
    Thread running = thread;
    thread = null;
    stopped.countDown();
    try {
      if (running != null) {
        running.join(limit.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether it was started and not stopped since. */
  public boolean isRunning() {
    return thread != null;
  }
}
