package net.insightpulseai.bridge.history;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Versions of the route files.
 *
 * @param keepVersions how many are kept
 */
@Validated
@ConfigurationProperties("bridge.routes")
record VersionSettings(@Min(1) @Max(1000) @DefaultValue("100") int keepVersions) {}
