package net.insightpulseai.bridge.realtime;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Slows down to half of what is usual, and half again, while Realtime says that it is too much, and
 * goes back step by step when it says so no more. The limit is the project's: what other senders
 * use of it is not known here.
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

  /** Realtime has answered 429. Calls that were under way together slow down once. */
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

  /** What a target may be sent a second now. */
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
