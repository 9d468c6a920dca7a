package net.insightpulseai.bridge.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * The topics that a delivery has just asked for in vain. A producer waits for seconds until it says
 * that there is no such topic; while it is known, other deliveries to it do not hold their slots
 * for as long.
 */
@Component
class AbsentTopics {

  private static final Duration KNOWN_FOR = Duration.ofSeconds(10);

  /** Names come from the types of events, of which anybody may send new ones. */
  private static final int MOST = 1_000;

  private final Map<String, Instant> until = new ConcurrentHashMap<>();
  private final Clock clock;

  AbsentTopics(Clock clock) {
    this.clock = clock;
  }

  /** Notes that there is no such topic now. */
  void note(String topic) {
    Instant now = clock.instant();
    if (until.size() >= MOST) {
      until.values().removeIf(end -> end.isBefore(now));
    }
    if (until.size() < MOST) {
      until.putIfAbsent(topic, now.plus(KNOWN_FOR));
    }
  }

  /** Whether it was not there a moment ago. */
  boolean contains(String topic) {
    Instant end = until.get(topic);
    if (end == null) {
      return false;
    }
    if (end.isBefore(clock.instant())) {
      until.remove(topic, end);
      return false;
    }
    return true;
  }
}
