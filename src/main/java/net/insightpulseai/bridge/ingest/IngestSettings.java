package net.insightpulseai.bridge.ingest;

import net.insightpulseai.bridge.config.StartRefused;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How events are committed. The same section's limits on requests are {@code AdmissionSettings}.
 *
 * @param writers threads that commit, 1 to 32; each holds a connection while it does
 * @param batch events in one commit, 1 to 10,000
 */
@ConfigurationProperties("bridge.ingest")
record IngestSettings(@DefaultValue("2") int writers, @DefaultValue("256") int batch) {

  IngestSettings {
    require("bridge.ingest.writers", writers, 32);
    require("bridge.ingest.batch", batch, 10_000);
  }

  private static void require(String key, int value, int max) {
    if (value < 1 || value > max) {
      throw new StartRefused(key, String.valueOf(value), "a number from 1 to " + max);
    }
  }
}
