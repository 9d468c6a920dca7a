package net.insightpulseai.bridge.outbox;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.UUID;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The queue engine.
 *
 * @param pollInterval how often to look for rows that no notification announced
 * @param listen whether to LISTEN for new rows where the connection allows it
 * @param slots calls in flight at once in one queue, across all targets
 * @param slotsPerTarget calls in flight at once for a target that has no limit of its own
 * @param claimAhead for how long rows are claimed ahead; zero claims them when a slot is free
 * @param blockLaneOnError whether an open dead letter holds back later rows of its lane
 * @param instance a stable name for this instance; if empty, a random one is used
 */
@Validated
@ConfigurationProperties("bridge.outbox")
public record OutboxSettings(
    @DefaultValue("500ms") @DurationMin(millis = 10) Duration pollInterval,
    @DefaultValue("true") boolean listen,
    @DefaultValue("128") @Min(1) @Max(10_000) int slots,
    @DefaultValue("8") @Min(1) @Max(1_000) int slotsPerTarget,
    @DefaultValue("200ms") @DurationMin(millis = 0) @DurationMax(seconds = 2) Duration claimAhead,
    @DefaultValue("false") boolean blockLaneOnError,
    @DefaultValue("") String instance) {

  /** Whether the instance keeps its name across restarts, so that it may take back its own rows. */
  boolean stableInstance() {
    return !instance.isBlank();
  }

  /** What {@code locked_by} shows. */
  String instanceName() {
    return stableInstance()
        ? instance
        : host() + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "bridge";
    }
  }
}
