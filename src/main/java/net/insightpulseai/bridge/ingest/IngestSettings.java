package net.insightpulseai.bridge.ingest;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The section {@code bridge.ingest}.
 *
 * @param maxBody the largest body of one request
 * @param maxRequests how many requests may be in work at once; more are answered 503
 * @param maxBytes how many bytes of bodies may be in memory at once
 * @param writers threads that commit events
 * @param batch events in one commit
 */
@Validated
@ConfigurationProperties("bridge.ingest")
public record IngestSettings(
    @NotNull @DefaultValue("1MB") DataSize maxBody,
    @Min(1) @DefaultValue("256") int maxRequests,
    @NotNull @DefaultValue("32MB") DataSize maxBytes,
    @Min(1) @Max(32) @DefaultValue("2") int writers,
    @Min(1) @Max(10_000) @DefaultValue("256") int batch) {}
