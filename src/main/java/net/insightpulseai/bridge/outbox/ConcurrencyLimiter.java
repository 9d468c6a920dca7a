package net.insightpulseai.bridge.outbox;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many calls may start now: what is in flight, in all and for each target, and each target's
 * pace. Nothing is claimed without a free slot.
 *
 * <p>A target whose rows all fail is only tried, one row at a time, until one succeeds: sixteen
 * that hang would otherwise hold every slot there is.
 */
final class ConcurrencyLimiter {

  /** Failures in a row, after which a target is only tried. */
  private static final int FAILURE_LIMIT = 16;

  private final int total;
  private final int perTarget;
  private final TargetLimits limits;
  private final TokenBuckets tokens;
  private final Map<String, Integer> used = new HashMap<>();
  private final Map<String, Integer> failures = new HashMap<>();
  private int usedInAll;
  private int rowsInFlight;
  private @Nullable Duration rateWait;

  ConcurrencyLimiter(int total, int perTarget, TargetLimits limits, TokenBuckets tokens) {
    this.total = total;
    this.perTarget = perTarget;
    this.limits = limits;
    this.tokens = tokens;
  }

  int available(String target) {
    TargetLimits.Limits own = limits.of(target);
    Integer slots = own == null ? null : own.slots();
    Integer perSecond = own == null ? null : own.perSecond();
    synchronized (this) {
      int normal = slots == null ? perTarget : slots;
      int allowed = failures.getOrDefault(target, 0) < FAILURE_LIMIT ? normal : 1;
      int free = Math.min(total - usedInAll, allowed - used.getOrDefault(target, 0));
      if (perSecond == null) {
        tokens.remove(target);
        return free;
      }
      int byRate = tokens.available(target, perSecond);
      if (byRate < free) {
        Duration wait = TokenBuckets.refillTime(perSecond);
        rateWait = rateWait == null || wait.compareTo(rateWait) < 0 ? wait : rateWait;
      }
      return Math.min(free, byRate);
    }
  }

  /**
   * How soon a target may take more, of those whose pace has held them back since this was last
   * asked; null if none was.
   */
  synchronized @Nullable Duration takeRateWait() {
    Duration soonest = rateWait;
    rateWait = null;
    return soonest;
  }

  /** A call for so many rows begins. */
  synchronized void acquire(String target, int rows) {
    used.merge(target, 1, Integer::sum);
    usedInAll++;
    rowsInFlight += rows;
    tokens.take(target);
  }

  /** What became of a call; rows that are dead say nothing about its target. */
  synchronized void record(String target, Outcome.Kind kind) {
    switch (kind) {
      case DONE -> failures.remove(target);
      case RETRY, GIVE_BACK ->
          failures.merge(target, 1, (n, one) -> Math.min(n + one, FAILURE_LIMIT));
      case DEAD -> {}
    }
  }

  synchronized void release(String target, int rows) {
    used.computeIfPresent(target, (t, n) -> n > 1 ? n - 1 : null);
    usedInAll--;
    rowsInFlight -= rows;
    notifyAll();
  }

  /** Waits until nothing is in flight, but no longer than that. */
  synchronized void awaitIdle(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    for (long left = atMost.toMillis(); usedInAll > 0 && left > 0; ) {
      wait(left);
      left = (end - System.nanoTime()) / 1_000_000;
    }
  }

  /** Rows whose calls are under way. */
  synchronized int inFlight() {
    return rowsInFlight;
  }
}
