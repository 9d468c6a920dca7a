package net.insightpulseai.bridge.realtime;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import net.insightpulseai.bridge.outbox.RetrySchedule;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How Supabase Realtime is called.
 *
 * @param maxPayload the plan's limit for one broadcast; larger events are sent in thin form
 * @param rate messages a second from each instance to a subscriber without a rate of its own
 * @param retrySchedule how long to wait after the first, second, … failure; a late broadcast is of
 *     no use
 */
@Validated
@ConfigurationProperties("bridge.realtime")
record RealtimeSettings(
    @DefaultValue("256KB") DataSize maxPayload,
    @DefaultValue("80") @Min(1) @Max(10_000) int rate,
    @DefaultValue({"1s", "5s", "30s", "2m", "10m"}) List<Duration> retrySchedule) {

  RealtimeSettings {
    if (maxPayload.toKilobytes() < 1) {
      throw new IllegalArgumentException(
          "bridge.realtime.max-payload must be at least 1KB; found " + maxPayload);
    }
    RetrySchedule.check("bridge.realtime.retry-schedule", retrySchedule);
  }

  /** How many bytes of JSON certainly fit: a kilobyte in the plans is 1000 bytes. */
  long payloadBytes() {
    return maxPayload.toKilobytes() * 1000;
  }
}
