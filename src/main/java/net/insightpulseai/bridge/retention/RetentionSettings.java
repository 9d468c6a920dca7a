package net.insightpulseai.bridge.retention;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long what is done with is kept. Nothing unfinished is ever deleted.
 *
 * @param finished applied actions, delivered events, dead letters that were dealt with, ended
 *     replays
 * @param eventKeys how long a repeated {@code event_id} is recognised
 * @param audit events
 * @param interval how often the deletion runs
 */
@Validated
@ConfigurationProperties("bridge.retention")
public record RetentionSettings(
    @DurationMin(hours = 1) @DefaultValue("7d") Duration finished,
    @DurationMin(hours = 1) @DefaultValue("30d") Duration eventKeys,
    @DurationMin(hours = 1) @DefaultValue("400d") Duration audit,
    @DurationMin(seconds = 1) @DefaultValue("10m") Duration interval) {}
