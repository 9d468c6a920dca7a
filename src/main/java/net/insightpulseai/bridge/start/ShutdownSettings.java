package net.insightpulseai.bridge.start;

import java.time.Duration;
import net.insightpulseai.bridge.config.DurationText;
import net.insightpulseai.bridge.config.StartRefused;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a stop may take.
 *
 * @param limit from the signal until the process is ended, whatever it is doing
 */
@ConfigurationProperties("bridge.shutdown")
record ShutdownSettings(@DefaultValue("28s") Duration limit) {

  private static final Duration LONGEST = Duration.ofMinutes(10);

  ShutdownSettings {
    if (limit.compareTo(Duration.ofSeconds(1)) < 0 || limit.compareTo(LONGEST) > 0) {
      throw new StartRefused(
          "bridge.shutdown.limit", "'" + DurationText.of(limit) + "'", "a duration from 1s to 10m");
    }
  }
}
