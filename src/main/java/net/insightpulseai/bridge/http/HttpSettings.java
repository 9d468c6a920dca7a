package net.insightpulseai.bridge.http;

import java.time.Duration;
import net.insightpulseai.bridge.config.DurationText;
import net.insightpulseai.bridge.config.StartRefused;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a client of the public port may take, and how many there may be.
 *
 * @param headTimeout from the connection to the last header of its first request
 * @param bodyTimeout from there to the last byte of the body
 * @param idleTimeout from an answer to the last header of the next request. It is longer than a
 *     proxy keeps idle connections, 60 s by default in nginx, Kong and AWS's load balancers: a
 *     proxy that sends a request while the bridge closes the connection answers its client 502
 * @param writeTimeout how long a client may take to read one answer
 * @param maxConnections connections at once, 1 to 100,000
 */
@ConfigurationProperties("bridge.http")
public record HttpSettings(
    @DefaultValue("10s") Duration headTimeout,
    @DefaultValue("10s") Duration bodyTimeout,
    @DefaultValue("75s") Duration idleTimeout,
    @DefaultValue("30s") Duration writeTimeout,
    @DefaultValue("10000") int maxConnections) {

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final int MOST_CONNECTIONS = 100_000;

  public HttpSettings {
    check("head-timeout", headTimeout);
    check("body-timeout", bodyTimeout);
    check("idle-timeout", idleTimeout);
    check("write-timeout", writeTimeout);
    if (maxConnections < 1 || maxConnections > MOST_CONNECTIONS) {
      throw new StartRefused(
          "bridge.http.max-connections",
          String.valueOf(maxConnections),
          "a number from 1 to " + MOST_CONNECTIONS);
    }
  }

  private static void check(String name, Duration value) {
    if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
      throw new StartRefused(
          "bridge.http." + name, "'" + DurationText.of(value) + "'", "a duration from 1s to 10m");
    }
  }
}
