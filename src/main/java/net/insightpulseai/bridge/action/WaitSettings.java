package net.insightpulseai.bridge.action;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.validation.annotation.Validated;

/**
 * How long callers wait for an action's outcome.
 *
 * @param atMost the setting {@code wait}: at most this long; a caller may ask for less
 * @param waiters callers that may wait at once; each holds a thread of the HTTP border
 */
@Validated
@ConfigurationProperties("bridge.outbox")
record WaitSettings(
    @DefaultValue("10s") @DurationMax(seconds = 50) @Name("wait") Duration atMost,
    @DefaultValue("16") @Min(0) @Max(128) int waiters) {}
