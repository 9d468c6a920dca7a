package net.insightpulseai.bridge.delivery;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import net.insightpulseai.bridge.outbox.RetrySchedule;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How subscribers are called.
 *
 * @param responseTimeout how long a whole call may take
 * @param slots calls in flight at once for a subscriber that has no limit of its own
 * @param retrySchedule how long to wait after the first, second, … failure of a webhook
 */
@Validated
@ConfigurationProperties("bridge.delivery")
public record DeliverySettings(
    @DefaultValue("15s") @DurationMin(seconds = 1) @DurationMax(minutes = 5)
        Duration responseTimeout,
    @DefaultValue("32") @Min(1) @Max(1_000) int slots,
    @DefaultValue({"5s", "30s", "5m", "30m", "2h", "5h", "10h", "14h", "20h", "24h"})
        List<Duration> retrySchedule) {

  public DeliverySettings {
    RetrySchedule.check("bridge.delivery.retry-schedule", retrySchedule);
  }
}
