package net.insightpulseai.bridge.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * The state of the queues, for Prometheus. Read from the database at most every 10 s, however often
 * it is scraped.
 */
@Component
class QueueGauges implements MeterBinder {

  private static final Logger LOG = LoggerFactory.getLogger(QueueGauges.class);
  private static final Duration FRESH = Duration.ofSeconds(10);
  private static final String OLDEST = "oldest_due_seconds";

  private final OutboxControl control;
  private final CircuitBreakers breakers;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private Map<Queue, Map<String, Object>> counts = Map.of();
  private @Nullable Instant readAt;

  QueueGauges(OutboxControl control, CircuitBreakers breakers, Clock clock) {
    this.control = control;
    this.breakers = breakers;
    this.clock = clock;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (Queue queue : Queue.values()) {
      for (String state : new String[] {"due", "waiting", "held", "in_flight", "dead"}) {
        Gauge.builder("bridge.queue.rows", () -> value(queue, state))
            .description("Open rows")
            .tag("queue", queue.label())
            .tag("state", state)
            .register(registry);
      }
      Gauge.builder("bridge.queue.oldest.due", () -> value(queue, OLDEST))
          .description("How long the oldest due row has been due")
          .baseUnit("seconds")
          .tag("queue", queue.label())
          .register(registry);
    }
    Gauge.builder("bridge.targets.in.trouble", () -> breakers.openCircuits().size())
        .description("Targets that do not answer; nothing is sent to them")
        .register(registry);
  }

  /** NaN while the database is unreachable: no value is better than an old one. */
  private double value(Queue queue, String name) {
    // Not synchronized: a virtual thread that waits for the database inside would pin its carrier.
    lock.lock();
    try {
      return fresh(queue, name);
    } finally {
      lock.unlock();
    }
  }

  private double fresh(Queue queue, String name) {
    Instant now = clock.instant();
    if (readAt == null || readAt.plus(FRESH).isBefore(now)) {
      readAt = now;
      try {
        counts = control.counts();
      } catch (DataAccessException e) {
        LOG.debug("The queues cannot be counted now", e);
        counts = Map.of();
      }
    }
    Object value = counts.getOrDefault(queue, Map.of()).get(name);
    return value instanceof Number number ? number.doubleValue() : Double.NaN;
  }
}
