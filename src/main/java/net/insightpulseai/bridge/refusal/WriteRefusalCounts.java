package net.insightpulseai.bridge.refusal;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import net.insightpulseai.bridge.config.RateLimitedLog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Writes what was counted, at most once in ten seconds and once more at the stop. What cannot be
 * written is kept and written later; of a write whose end is not known, some may count twice.
 */
@Component
class WriteRefusalCounts implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(WriteRefusalCounts.class);

  private static final long SECONDS = 10;
  private static final long LAST_SECONDS = 3;

  private final RefusalCounts counts;
  private final RefusalCountTable table;
  private final RateLimitedLog log;
  private volatile @Nullable ScheduledExecutorService timer;

  WriteRefusalCounts(RefusalCounts counts, RefusalCountTable table, Clock clock) {
    this.counts = counts;
    this.table = table;
    this.log = new RateLimitedLog(LOG, clock);
  }

  void write() {
    List<RefusalCounts.Count> taken = counts.take();
    if (taken.isEmpty()) {
      return;
    }
    try {
      table.add(taken);
    } catch (RuntimeException e) {
      counts.restore(taken);
      log.warn("Counts of refused requests wait to be written: " + e.getMessage());
    }
  }

  @Override
  public void start() {
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "refusal-counts");
              thread.setDaemon(true);
              return thread;
            });
    // It never throws, and ends with the timer.
    var unused = started.scheduleWithFixedDelay(this::write, SECONDS, SECONDS, TimeUnit.SECONDS);
    timer = started;
  }

  @Override
  public void stop() {
    ScheduledExecutorService running = timer;
    timer = null;
    if (running == null) {
      return;
    }
    running.execute(this::write);
    running.shutdown();
    try {
      // Without a database a stop must not take longer for counts.
      if (!running.awaitTermination(LAST_SECONDS, TimeUnit.SECONDS)) {
        running.shutdownNow();
      }
    } catch (InterruptedException e) {
      running.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return timer != null;
  }

  /** Until the routes have stopped, and before the pools are closed. */
  @Override
  public int getPhase() {
    return 0;
  }
}
