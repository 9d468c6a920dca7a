package net.insightpulseai.bridge.outbox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much one target takes: how many calls at once, which adapts to its answers, and how long
 * those that succeed take. Additive increase, multiplicative decrease: a success adds a fraction of
 * a slot, so that a full round of them adds one; what says that the target is overloaded halves
 * them. Guarded by its owner.
 */
final class TargetLoad {

  /** Calls at once before anything is known about a target. */
  private static final int FIRST = 8;

  /** Consecutive failures after which a target gets one call at a time. */
  private static final int FAILURE_LIMIT = 16;

  /** How much of the mean is the last call. */
  private static final double LAST = 1.0 / 16;

  private int limit = FIRST;
  private @Nullable Double perSecond;
  private double window = FIRST;
  private int failures;
  private int used;
  private double meanNanos;
  private long lastEnd;
  private long lastDecrease;
  private boolean decreased;

  /** Sets what the target takes at most from this replica, which may change at any time. */
  void limitTo(int slots, @Nullable Double rowsPerSecond) {
    limit = slots;
    perSecond = rowsPerSecond;
    window = Math.min(Math.max(window, 1), limit);
  }

  @Nullable Double perSecond() {
    return perSecond;
  }

  /** Calls at once, now. */
  int allowed() {
    return failures < FAILURE_LIMIT ? (int) window : Math.min(1, limit);
  }

  int free() {
    return allowed() - used;
  }

  /** How many calls it will probably finish in that time; none while it only fails. */
  int expected(Duration within, long now) {
    if (meanNanos == 0 || failures >= FAILURE_LIMIT) {
      return 0;
    }
    // A target that has gone silent is as slow as its silence is long.
    double each = used == 0 ? meanNanos : Math.max(meanNanos, (double) (now - lastEnd));
    double expected = allowed() * within.toNanos() / each;
    double byRate = perSecond == null ? expected : perSecond * (within.toNanos() / 1e9);
    return (int) Math.min(Math.min(expected, byRate), Integer.MAX_VALUE);
  }

  void started(long now) {
    if (used++ == 0) {
      lastEnd = now;
    }
  }

  void released() {
    used--;
  }

  /**
   * Records how a call ended.
   *
   * @param kind its best outcome; a dead row says nothing about its target
   * @param overloaded whether the target took too long, or said that it has too much to do
   */
  void ended(Outcome.Kind kind, boolean overloaded, long startedAt, long now) {
    lastEnd = now;
    switch (kind) {
      case DONE -> {
        double took = now - startedAt;
        meanNanos = meanNanos == 0 ? took : meanNanos + (took - meanNanos) * LAST;
        failures = 0;
      }
      case RETRY, GIVE_BACK -> failures = Math.min(failures + 1, FAILURE_LIMIT);
      case DEAD -> {}
    }
    if (overloaded) {
      // What had started before the last decrease tells nothing new.
      if (!decreased || startedAt - lastDecrease >= 0) {
        window = Math.max(1, window / 2);
        lastDecrease = now;
        decreased = true;
      }
    } else if (kind == Outcome.Kind.DONE && used >= (int) window) {
      window = Math.min(limit, window + 1 / window);
    }
  }
}
