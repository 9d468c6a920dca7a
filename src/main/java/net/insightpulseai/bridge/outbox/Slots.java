package net.insightpulseai.bridge.outbox;

import java.util.HashMap;
import java.util.Map;

/**
 * How many rows are in flight, in all and for each target. Nothing is claimed without a free slot.
 */
final class Slots {

  private final int total;
  private final int perTarget;
  private final Map<String, Integer> used = new HashMap<>();
  private int usedInAll;

  Slots(int total, int perTarget) {
    this.total = total;
    this.perTarget = perTarget;
  }

  synchronized int free(String target) {
    return Math.min(total - usedInAll, perTarget - used.getOrDefault(target, 0));
  }

  synchronized void take(String target) {
    used.merge(target, 1, Integer::sum);
    usedInAll++;
  }

  synchronized void release(String target) {
    used.computeIfPresent(target, (t, n) -> n > 1 ? n - 1 : null);
    usedInAll--;
  }

  synchronized int inFlight() {
    return usedInAll;
  }
}
