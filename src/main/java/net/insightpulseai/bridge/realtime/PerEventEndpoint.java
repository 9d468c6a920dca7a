package net.insightpulseai.bridge.realtime;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * Remembers for a while that the server has no endpoint for single events (before version 2.97), so
 * that a broadcast costs one call instead of two.
 */
@Component
class PerEventEndpoint {

  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  private final Clock clock;
  private volatile Instant missingUntil = Instant.MIN;

  PerEventEndpoint(Clock clock) {
    this.clock = clock;
  }

  boolean offered() {
    return !clock.instant().isBefore(missingUntil);
  }

  void missing() {
    missingUntil = clock.instant().plus(REMEMBERED);
  }
}
