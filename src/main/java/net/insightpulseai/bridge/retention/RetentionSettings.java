package net.insightpulseai.bridge.retention;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long finished rows are kept. Unfinished rows are never deleted.
 *
 * @param finished how long to keep applied actions, delivered events, resolved dead letters and
 *     finished replays
 * @param eventKeys how long a repeated {@code event_id} is recognized
 * @param audit how long to keep events
 * @param interval how often the deletion runs
 */
@Validated
@ConfigurationProperties("bridge.retention")
public record RetentionSettings(
    @DurationMin(hours = 1) @DefaultValue("7d") Duration finished,
    @DurationMin(hours = 1) @DefaultValue("30d") Duration eventKeys,
    @DurationMin(hours = 1) @DefaultValue("400d") Duration audit,
    @DurationMin(seconds = 1) @DefaultValue("10m") Duration interval) {}
