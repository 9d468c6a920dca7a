package net.insightpulseai.bridge.outbox;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many calls may start now, given the calls in flight, in total and for each target, and each
 * target's rate limit. Nothing is claimed without a free slot.
 *
 * <p>A target whose rows all fail gets one call at a time until one succeeds: otherwise sixteen
 * such targets that hang could hold every slot.
 */
final class ConcurrencyLimiter {

  /** Consecutive failures after which a target gets one call at a time. */
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
   * How soon the first of the targets that their rate limit has held back since the last call may
   * take more; null if none was held back.
   */
  synchronized @Nullable Duration takeRateWait() {
    Duration soonest = rateWait;
    rateWait = null;
    return soonest;
  }

  /** A call with that many rows begins. */
  synchronized void acquire(String target, int rows) {
    used.merge(target, 1, Integer::sum);
    usedInAll++;
    rowsInFlight += rows;
    tokens.take(target);
  }

  /** Records how a call ended; a dead row says nothing about its target. */
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

  /** Waits until nothing is in flight, up to the given time. */
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
