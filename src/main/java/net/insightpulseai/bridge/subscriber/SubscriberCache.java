package net.insightpulseai.bridge.subscriber;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Looks subscribers up and caches each for a second: every replica follows a change that soon, and
 * a thousand deliveries a second cost one query. Whether one is paused is decided at the claim, not
 * here.
 */
@Component
public class SubscriberCache {

  private static final Duration REMEMBERED = Duration.ofSeconds(1);

  private final SubscriberTable table;
  private final Clock clock;
  private final Map<String, Seen> seen = new ConcurrentHashMap<>();

  SubscriberCache(SubscriberTable table, Clock clock) {
    this.table = table;
    this.clock = clock;
  }

  private record Seen(@Nullable Subscriber subscriber, Instant until) {}

  /**
   * The subscriber of a target.
   *
   * @param target {@code subscriber:<id>}; anything else is none
   * @return null if there is none, or it was deleted
   * @throws org.springframework.dao.DataAccessException if the database is unavailable
   */
  public @Nullable Subscriber find(String target) {
    Instant now = clock.instant();
    Seen before = seen.get(target);
    if (before != null && now.isBefore(before.until())) {
      return before.subscriber();
    }
    Subscriber found = read(target);
    seen.values().removeIf(old -> !now.isBefore(old.until()));
    seen.put(target, new Seen(found, now.plus(REMEMBERED)));
    return found;
  }

  /** Empties the cache after this instance has changed something. */
  public void forget() {
    seen.clear();
  }

  private @Nullable Subscriber read(String target) {
    if (!target.matches(Subscriber.TARGET_PREFIX + "\\d{1,18}")) {
      return null;
    }
    return table.find(Long.parseLong(target.substring(Subscriber.TARGET_PREFIX.length())));
  }
}
