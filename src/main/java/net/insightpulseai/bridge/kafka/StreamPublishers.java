package net.insightpulseai.bridge.kafka;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Looks for streams that nobody publishes, and publishes each in a thread of its own. It takes one
 * at each look, so that several instances share them out. Without brokers it does nothing.
 */
@Component
class StreamPublishers implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(StreamPublishers.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

  private final KafkaSettings settings;
  private final StreamLeases leases;
  private final StreamPublisher publisher;
  private final StreamLag lag;
  private CountDownLatch stop = new CountDownLatch(0);
  private @Nullable ExecutorService threads;

  StreamPublishers(
      KafkaSettings settings, StreamLeases leases, StreamPublisher publisher, StreamLag lag) {
    this.settings = settings;
    this.leases = leases;
    this.publisher = publisher;
    this.lag = lag;
  }

  @Override
  public synchronized void start() {
    if (!settings.configured() || isRunning()) {
      return;
    }
    CountDownLatch until = new CountDownLatch(1);
    ExecutorService pool =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "kafka-stream");
              thread.setDaemon(true);
              return thread;
            });
    stop = until;
    threads = pool;
    pool.execute(() -> look(until, pool));
  }

  @SuppressWarnings("CatchThrowable") // without this thread no stream is ever published
  private void look(CountDownLatch until, ExecutorService pool) {
    try {
      while (!until.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          StreamLease lease = leases.claim();
          if (lease != null) {
            pool.execute(() -> publisher.run(lease, until));
          }
          lag.measure();
        } catch (DataAccessException e) {
          LOG.debug("No look for streams: {}", e.getMessage());
        } catch (Throwable e) {
          LOG.error("The look for streams failed; the next one comes", e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void stop() {
    stop.countDown();
    ExecutorService pool = threads;
    threads = null;
    if (pool == null) {
      return;
    }
    pool.shutdown();
    try {
      if (!pool.awaitTermination(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        pool.shutdownNow();
      }
    } catch (InterruptedException e) {
      pool.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return stop.getCount() > 0;
  }
}
