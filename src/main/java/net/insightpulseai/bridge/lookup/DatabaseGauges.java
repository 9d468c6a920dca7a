package net.insightpulseai.bridge.lookup;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import net.insightpulseai.bridge.database.SqlFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * How large the database is, whether it takes writes, and how many partitions are left for events,
 * for Prometheus. It is asked at most every 30 s, because PostgreSQL looks at each of its files to
 * answer.
 */
@Component
public class DatabaseGauges implements MeterBinder {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseGauges.class);
  private static final Duration FRESH = Duration.ofSeconds(30);
  private static final int TIMEOUT_SECONDS = 5;

  private final JdbcTemplate jdbc;
  private final Clock clock;
  private final String sql = SqlFile.read("lookup/database");
  private final ReentrantLock lock = new ReentrantLock();
  private Map<String, Object> last = Map.of();
  private @Nullable Instant readAt;

  DatabaseGauges(DataSource database, Clock clock) {
    this.jdbc = new JdbcTemplate(database);
    this.jdbc.setQueryTimeout(TIMEOUT_SECONDS);
    this.clock = clock;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("bridge.database.size", this::bytes)
        .description("Size of the database with all its schemas, without the write-ahead log")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("bridge.database.writable", () -> value("writable"))
        .description(
            "1 if the database takes writes, 0 if not: its disk is full, or it is a standby")
        .register(registry);
    Gauge.builder("bridge.partitions.left", () -> value("partitions_left"))
        .description(
            "Partitions of audit_event that have no event yet; NaN if the bridge makes none")
        .register(registry);
  }

  /** The size of the database in bytes, of at most 30 s ago; NaN while it is unreachable. */
  public double bytes() {
    return value("bytes");
  }

  /** NaN while the database is unreachable: no value is better than an old one. */
  private double value(String name) {
    // Not synchronized: a virtual thread that waits for the database inside would pin its carrier.
    lock.lock();
    try {
      Instant now = clock.instant();
      if (readAt == null || !readAt.plus(FRESH).isAfter(now)) {
        readAt = now;
        last = read();
      }
      return last.get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
    } finally {
      lock.unlock();
    }
  }

  private Map<String, Object> read() {
    try {
      return jdbc.queryForMap(sql);
    } catch (DataAccessException e) {
      LOG.debug("The size of the database cannot be read now", e);
      return Map.of();
    }
  }
}
