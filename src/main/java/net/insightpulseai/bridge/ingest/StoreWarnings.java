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
 * Counts what the database warned of while it stored events. The events are stored then; what may
 * be lost is the message of a realtime subscriber in trigger mode, and nothing else tells of that.
 */
final class StoreWarnings {

  private static final Logger LOG = LoggerFactory.getLogger(StoreWarnings.class);

  /** WARNING; a NOTICE has 00000. */
  private static final String WARNING = "01000";

  private static final Duration QUIET = Duration.ofMinutes(1);

  private final Counter warnings;
  private final Clock clock;
  private Instant nextLine = Instant.MIN;

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
   * @param first what {@code Statement.getWarnings} says
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
      tell();
    }
  }

  /** Rarely, and without their texts, which may repeat what is in an event. */
  private synchronized void tell() {
    Instant now = clock.instant();
    if (now.isBefore(nextLine)) {
      return;
    }
    nextLine = now.plus(QUIET);
    LOG.warn(
        "The database warned while it stored events. The events are safe, but messages of realtime subscribers"
            + " in trigger mode may be lost; see PostgreSQL's log for the reason, bridge_ingest_warnings_total for the number");
  }
}
