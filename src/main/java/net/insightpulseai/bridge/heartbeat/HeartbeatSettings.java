package net.insightpulseai.bridge.heartbeat;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The heartbeat through both systems.
 *
 * @param every how often Odoo is asked for an event, 30s to 1d; 0s: never
 */
@ConfigurationProperties("bridge.heartbeat")
public record HeartbeatSettings(@DefaultValue("0s") Duration every) {

  private static final Duration SHORTEST = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofDays(1);

  public HeartbeatSettings {
    if (!every.isZero() && (every.compareTo(SHORTEST) < 0 || every.compareTo(LONGEST) > 0)) {
      throw new IllegalArgumentException(
          "bridge.heartbeat.every must be from 30s to 1d, or 0s for no heartbeat");
    }
  }

  /** Whether there is a heartbeat. */
  public boolean beats() {
    return !every.isZero();
  }

  /** How long an answer may be missing before that is an incident. */
  public Duration absentAfter() {
    return every.multipliedBy(2);
  }
}
