package net.insightpulseai.bridge.pull;

import java.util.HashMap;
import java.util.Map;
import net.insightpulseai.bridge.http.Refusal;

/** How many requests may wait, of all subscribers and of each. */
final class WaitPlaces {

  private static final int RETRY_SECONDS = 5;

  private final PullSettings settings;
  private final Map<Long, Integer> taken = new HashMap<>();
  private int all;

  WaitPlaces(PullSettings settings) {
    this.settings = settings;
  }

  /**
   * Takes a place, until it is given back.
   *
   * @throws Refusal 503 if there is none
   */
  synchronized void take(long subscriber) {
    if (all >= settings.waiters()) {
      throw Refusal.unavailable(
          "too_many_waiting",
          "Too many requests wait for events already; ask without wait, or later",
          RETRY_SECONDS);
    }
    if (taken.getOrDefault(subscriber, 0) >= settings.waitersPerSubscriber()) {
      throw Refusal.unavailable(
          "too_many_waiting",
          settings.waitersPerSubscriber()
              + " requests of this subscriber wait for events already; let one program fetch them",
          RETRY_SECONDS);
    }
    taken.merge(subscriber, 1, Integer::sum);
    all++;
  }

  synchronized void give(long subscriber) {
    taken.computeIfPresent(subscriber, (id, count) -> count == 1 ? null : count - 1);
    all--;
  }
}
