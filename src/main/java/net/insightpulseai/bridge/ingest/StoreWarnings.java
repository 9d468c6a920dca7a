package net.insightpulseai.bridge.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLWarning;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the warnings of the database while it stored events. The events are stored then; what may
 * be lost is the message of a realtime subscriber in trigger mode, which shows nowhere else.
 */
final class StoreWarnings {

  private static final Logger LOG = LoggerFactory.getLogger(StoreWarnings.class);

  /** WARNING; a NOTICE has 00000. */
  private static final String WARNING = "01000";

  private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);

  private final Counter warnings;
  private final Clock clock;
  private Instant nextLog = Instant.MIN;

  StoreWarnings(MeterRegistry registry, Clock clock) {
    this.warnings =
        Counter.builder("bridge.ingest.warnings")
            .description("Warnings of the database while it stored events, as of realtime.send")
            .register(registry);
    this.clock = clock;
  }

  /**
   * Counts a chain of warnings.
   *
   * @param first the first of them, from {@code Statement.getWarnings}
   */
  void count(@Nullable SQLWarning first) {
    int count = 0;
    for (SQLWarning warning = first; warning != null; warning = warning.getNextWarning()) {
      if (WARNING.equals(warning.getSQLState())) {
        count++;
      }
    }
    if (count > 0) {
      warnings.increment(count);
      logOnceAMinute();
    }
  }

  /** Without their texts, which may quote an event. */
  private synchronized void logOnceAMinute() {
    Instant now = clock.instant();
    if (now.isBefore(nextLog)) {
      return;
    }
    nextLog = now.plus(LOG_INTERVAL);
    LOG.warn(
        "The database warned while it stored events. The events are safe, but messages of realtime subscribers"
            + " in trigger mode may be lost; see PostgreSQL's log for the reason, bridge_ingest_warnings_total for the number");
  }
}
