package net.insightpulseai.bridge.outbox;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many calls may start now: what is in flight, in all and for each target, and each target's
 * pace. Nothing is claimed without a free slot.
 */
final class Slots {

  private final int total;
  private final int perTarget;
  private final TargetLimits limits;
  private final Pace pace;
  private final Map<String, Integer> used = new HashMap<>();
  private int usedInAll;
  private int rowsInFlight;
  private @Nullable Duration paused;

  Slots(int total, int perTarget, TargetLimits limits, Pace pace) {
    this.total = total;
    this.perTarget = perTarget;
    this.limits = limits;
    this.pace = pace;
  }

  int free(String target) {
    TargetLimits.Limits own = limits.of(target);
    Integer slots = own == null ? null : own.slots();
    Integer perSecond = own == null ? null : own.perSecond();
    synchronized (this) {
      int most = slots == null ? perTarget : slots;
      int free = Math.min(total - usedInAll, most - used.getOrDefault(target, 0));
      if (perSecond == null) {
        pace.forget(target);
        return free;
      }
      int paced = pace.free(target, perSecond);
      if (paced < free) {
        Duration wait = Pace.pause(perSecond);
        paused = paused == null || wait.compareTo(paused) < 0 ? wait : paused;
      }
      return Math.min(free, paced);
    }
  }

  /**
   * How soon a target may take more, of those whose pace has held them back since this was last
   * asked; null if none was.
   */
  synchronized @Nullable Duration takePause() {
    Duration soonest = paused;
    paused = null;
    return soonest;
  }

  /** A call for so many rows begins. */
  synchronized void take(String target, int rows) {
    used.merge(target, 1, Integer::sum);
    usedInAll++;
    rowsInFlight += rows;
    pace.take(target);
  }

  synchronized void release(String target, int rows) {
    used.computeIfPresent(target, (t, n) -> n > 1 ? n - 1 : null);
    usedInAll--;
    rowsInFlight -= rows;
  }

  /** Rows whose calls are under way. */
  synchronized int inFlight() {
    return rowsInFlight;
  }
}
