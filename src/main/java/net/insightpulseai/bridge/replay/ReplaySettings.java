package net.insightpulseai.bridge.replay;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import net.insightpulseai.bridge.config.StartRefused;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How fast stored events are delivered again.
 *
 * @param rate events a second of a job that sets no rate
 * @param maxRate the highest rate that a job may set
 */
@Validated
@ConfigurationProperties("bridge.replay")
record ReplaySettings(
    @DefaultValue("100") @Min(1) int rate, @DefaultValue("1000") @Min(1) @Max(5_000) int maxRate) {

  ReplaySettings {
    if (rate > maxRate) {
      throw new StartRefused(
          "bridge.replay.rate",
          Integer.toString(rate),
          "at most bridge.replay.max-rate, " + maxRate);
    }
  }
}
