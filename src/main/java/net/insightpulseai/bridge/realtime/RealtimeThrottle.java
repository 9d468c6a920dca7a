package net.insightpulseai.bridge.realtime;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Halves the rate to a subscriber, repeatedly, while Realtime answers 429, and raises it step by
 * step afterwards. The limit is the project's: how much of it other senders use is unknown here.
 */
@Component
class RealtimeThrottle {

  private static final Duration STEP_DOWN = Duration.ofSeconds(2);
  private static final Duration STEP_UP = Duration.ofSeconds(15);
  private static final int MAX_HALVINGS = 6;

  private final Clock clock;
  private final Map<String, Slowdown> slowdowns = new ConcurrentHashMap<>();

  RealtimeThrottle(Clock clock) {
    this.clock = clock;
  }

  private record Slowdown(int halvings, Instant since) {}

  /** Realtime has answered 429. Calls that were in flight together slow down once. */
  void slowDown(String target) {
    Instant now = clock.instant();
    slowdowns.compute(
        target,
        (t, before) -> {
          int halvings = before == null ? 0 : halvings(before, now);
          return halvings > 0 && now.isBefore(before.since().plus(STEP_DOWN))
              ? before
              : new Slowdown(Math.min(halvings + 1, MAX_HALVINGS), now);
        });
  }

  /** How many messages a second a target may receive now. */
  int limit(String target, int normal) {
    Slowdown state = slowdowns.get(target);
    if (state == null) {
      return normal;
    }
    int halvings = halvings(state, clock.instant());
    if (halvings == 0) {
      slowdowns.remove(target, state);
    }
    return Math.max(1, normal >> halvings);
  }

  private static int halvings(Slowdown state, Instant now) {
    long regained = Duration.between(state.since(), now).dividedBy(STEP_UP);
    return (int) Math.max(0, state.halvings() - regained);
  }
}
