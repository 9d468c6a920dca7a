package net.insightpulseai.bridge.incident;

import java.time.Duration;
import net.insightpulseai.bridge.config.BaseUrl;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * When something is an incident.
 *
 * @param every how often each instance looks
 * @param openAfter how long a condition must hold before it is reported
 * @param closeAfter how long it must be gone before that is reported
 * @param lateAfter how long a row may be due before that is a condition
 * @param pausedAfter how long a person's pause of a target may last before that is a condition
 * @param disk the size of the database's disk; 0: it is not known
 * @param console the base URL of the management port for the links in events; empty: no links
 */
@Validated
@ConfigurationProperties("bridge.incidents")
public record IncidentSettings(
    @DurationMin(seconds = 1) @DefaultValue("5s") Duration every,
    @DurationMin @DefaultValue("1m") Duration openAfter,
    @DurationMin @DefaultValue("2m") Duration closeAfter,
    @DurationMin(seconds = 1) @DefaultValue("5m") Duration lateAfter,
    @DurationMin @DefaultValue("1h") Duration pausedAfter,
    @DefaultValue("0B") DataSize disk,
    @DefaultValue("") String console) {

  public IncidentSettings {
    console =
        BaseUrl.of(
            "bridge.incidents.console (BRIDGE_CONSOLE_URL)",
            console,
            "https://bridge.example.com:8788");
    if (disk.isNegative()) {
      throw new IllegalArgumentException(
          "bridge.incidents.disk must be the size of the database's disk, such as 8GB, or 0B if it"
              + " is not known");
    }
  }

  /** Where the pages of Hawtio's tab begin; empty if that is not known. */
  String pages() {
    return console.isEmpty() ? "" : console + "/actuator/hawtio";
  }
}
