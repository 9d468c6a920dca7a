package net.insightpulseai.bridge.action;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import net.insightpulseai.bridge.config.DurationText;
import net.insightpulseai.bridge.config.StartRefused;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.validation.annotation.Validated;

/**
 * How long callers wait for an action's outcome.
 *
 * @param atMost the setting {@code wait}, up to 50 s: at most this long; a caller may ask for less
 * @param waiters callers that may wait at once; each holds an HTTP thread
 */
@Validated
@ConfigurationProperties("bridge.outbox")
record WaitSettings(
    @DefaultValue("10s") @Name("wait") Duration atMost,
    @DefaultValue("16") @Min(0) @Max(128) int waiters) {

  private static final Duration LONGEST = Duration.ofSeconds(50);

  // Not by a constraint: it would name the field, and no field of a record can be called wait.
  WaitSettings {
    if (atMost.isNegative() || atMost.compareTo(LONGEST) > 0) {
      throw new StartRefused(
          "bridge.outbox.wait", "'" + DurationText.of(atMost) + "'", "a duration from 0s to 50s");
    }
  }
}
