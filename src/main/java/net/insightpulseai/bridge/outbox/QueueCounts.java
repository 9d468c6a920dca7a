package net.insightpulseai.bridge.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * How many rows of each queue are open, by state. Read from the database at most every 10 s,
 * however often it is asked for.
 */
@Component
public class QueueCounts {

  /** The states that rows are counted in. Ready is what is due for a target that is not stopped. */
  public static final List<String> STATES =
      List.of("due", "ready", "waiting", "held", "in_flight", "dead");

  /** For how long the oldest due row has been due, in seconds. */
  public static final String OLDEST = "oldest_due_seconds";

  private static final Logger LOG = LoggerFactory.getLogger(QueueCounts.class);
  private static final Duration FRESH = Duration.ofSeconds(10);

  private final NamedParameterJdbcTemplate jdbc;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private Map<Queue, Map<String, Object>> counts = Map.of();
  private @Nullable Instant readAt;

  QueueCounts(NamedParameterJdbcTemplate jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** The counts as they are now. */
  Map<Queue, Map<String, Object>> read() {
    Map<Queue, Map<String, Object>> read = new EnumMap<>(Queue.class);
    for (Queue queue : Queue.values()) {
      read.put(queue, jdbc.queryForMap(queue.sql("counts"), Map.of("queue", queue.label())));
    }
    return read;
  }

  /**
   * One count of at most ten seconds ago.
   *
   * @param name one of {@link #STATES}, or {@link #OLDEST}
   * @return NaN while the database is unreachable: no value is better than an old one
   */
  public double value(Queue queue, String name) {
    // Not synchronized: a virtual thread that waits for the database inside would pin its carrier.
    lock.lock();
    try {
      Object value = fresh().getOrDefault(queue, Map.of()).get(name);
      return value instanceof Number number ? number.doubleValue() : Double.NaN;
    } finally {
      lock.unlock();
    }
  }

  /** The same as a whole number, -1 for none. */
  static long shown(double count) {
    return Double.isNaN(count) ? -1 : Math.round(count);
  }

  private Map<Queue, Map<String, Object>> fresh() {
    Instant now = clock.instant();
    if (readAt == null || readAt.plus(FRESH).isBefore(now)) {
      readAt = now;
      try {
        counts = read();
      } catch (DataAccessException e) {
        LOG.debug("The queues cannot be counted now", e);
        counts = Map.of();
      }
    }
    return counts;
  }
}
