package net.insightpulseai.bridge.pull;

import java.util.HashMap;
import java.util.Map;
import net.insightpulseai.bridge.http.Refusal;

/** How many requests may wait, of all subscribers and of each. */
final class WaitLimit {

  private static final int RETRY_SECONDS = 5;

  private final PullSettings settings;
  private final Map<Long, Integer> waiting = new HashMap<>();
  private int all;

  WaitLimit(PullSettings settings) {
    this.settings = settings;
  }

  /**
   * Counts a request that waits, until it is released.
   *
   * @throws Refusal 503 if too many wait already
   */
  synchronized void acquire(long subscriber) {
    if (all >= settings.waiters()) {
      throw Refusal.unavailable(
          "too_many_waiting",
          "Too many requests wait for events already; ask without wait, or later",
          RETRY_SECONDS);
    }
    if (waiting.getOrDefault(subscriber, 0) >= settings.waitersPerSubscriber()) {
      throw Refusal.unavailable(
          "too_many_waiting",
          settings.waitersPerSubscriber()
              + " requests of this subscriber wait for events already; let one program fetch them",
          RETRY_SECONDS);
    }
    waiting.merge(subscriber, 1, Integer::sum);
    all++;
  }

  synchronized void release(long subscriber) {
    waiting.computeIfPresent(subscriber, (id, count) -> count == 1 ? null : count - 1);
    all--;
  }
}
