package net.insightpulseai.bridge.ingest;

import java.time.Duration;
import net.insightpulseai.bridge.config.StartRefused;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How events are committed. The same section's limits on requests are {@code AdmissionSettings}.
 *
 * @param writers threads that commit, 1 to 32; each holds a connection while it does
 * @param batch events in one commit, 1 to 10,000
 * @param dedupeUnkeyed for how long the same body without an id and without a time counts as one
 *     event; zero: each is an event
 */
@ConfigurationProperties("bridge.ingest")
record IngestSettings(
    @DefaultValue("2") int writers,
    @DefaultValue("256") int batch,
    @DefaultValue("0s") Duration dedupeUnkeyed) {

  /** The ledger forgets keys after the retention's shortest time. */
  private static final Duration LONGEST = Duration.ofHours(1);

  IngestSettings {
    require("bridge.ingest.writers", writers, 32);
    require("bridge.ingest.batch", batch, 10_000);
    if (dedupeUnkeyed.isNegative() || dedupeUnkeyed.compareTo(LONGEST) > 0) {
      throw new StartRefused(
          "bridge.ingest.dedupe-unkeyed",
          dedupeUnkeyed.toString(),
          "a duration from 0s, which is off, to 1h, such as 5m");
    }
  }

  private static void require(String key, int value, int max) {
    if (value < 1 || value > max) {
      throw new StartRefused(key, String.valueOf(value), "a number from 1 to " + max);
    }
  }
}
