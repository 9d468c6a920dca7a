package net.insightpulseai.bridge.pull;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Subscribers that fetch their events.
 *
 * @param waiters requests that may wait for events at once, in each instance; each holds a
 *     connection of its client, and nothing else
 * @param waitersPerSubscriber how many of them may be of one subscriber
 */
@Validated
@ConfigurationProperties("bridge.pull")
record PullSettings(
    @DefaultValue("200") @Min(0) @Max(5_000) int waiters,
    @DefaultValue("10") @Min(1) @Max(5_000) int waitersPerSubscriber) {}
