package net.insightpulseai.bridge.outbox;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How many calls may start now, given the calls in flight, in total and for each target, and each
 * target's rate limit, of which this replica has a share; and how many it makes sense to claim
 * ahead.
 *
 * <p>A target whose rows all fail gets one call at a time until one succeeds: otherwise sixteen
 * such targets that hang could hold every slot.
 */
final class ConcurrencyLimiter {

  private final int total;
  private final int perTarget;
  private final Duration ahead;
  private final TargetLimits limits;
  private final Supplier<TargetShare.Share> share;
  private final LongSupplier nanos;
  private final TokenBuckets tokens;
  private final Map<String, TargetLoad> loads = new HashMap<>();
  private int usedInAll;
  private int rowsInFlight;
  private @Nullable Duration rateWait;

  /**
   * @param total calls at once, over all targets
   * @param perTarget calls at once for a target that has no limit of its own
   * @param ahead for how long rows are claimed ahead
   * @param share which part of each target's limits is this replica's
   */
  ConcurrencyLimiter(
      int total,
      int perTarget,
      Duration ahead,
      TargetLimits limits,
      Supplier<TargetShare.Share> share,
      LongSupplier nanos) {
    this.total = total;
    this.perTarget = perTarget;
    this.ahead = ahead;
    this.limits = limits;
    this.share = share;
    this.nanos = nanos;
    this.tokens = new TokenBuckets(nanos);
  }

  /**
   * What a target has room for.
   *
   * @param free calls that may start now
   * @param ahead calls that it will probably finish within the time to claim ahead
   */
  record Room(int free, int ahead) {}

  /** The room for a target now; asks for its limits, which may have changed. */
  Room room(String target) {
    TargetLimits.Limits own = limits.of(target);
    Integer ownSlots = own == null ? null : own.slots();
    int slots = ownSlots == null ? perTarget : ownSlots;
    TargetShare.Share mine = share.get();
    Double perSecond = mine.perSecond(own == null ? null : own.perSecond(), slots);
    synchronized (this) {
      TargetLoad load = load(target);
      load.limitTo(mine.slots(target, slots), perSecond);
      if (perSecond == null) {
        tokens.remove(target);
      }
      return new Room(free(target, load), load.expected(ahead, nanos.getAsLong()));
    }
  }

  private TargetLoad load(String target) {
    return loads.computeIfAbsent(target, t -> new TargetLoad());
  }

  private int free(String target, TargetLoad load) {
    int free = Math.min(total - usedInAll, load.free());
    Double perSecond = load.perSecond();
    if (perSecond == null) {
      return free;
    }
    int byRate = tokens.available(target, perSecond);
    if (byRate < free) {
      Duration wait = TokenBuckets.refillTime(perSecond);
      rateWait = rateWait == null || wait.compareTo(rateWait) < 0 ? wait : rateWait;
    }
    return Math.min(free, byRate);
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

  /** Begins a call with that many rows, if there is a slot for it. */
  synchronized boolean tryAcquire(String target, int rows) {
    TargetLoad load = load(target);
    if (free(target, load) <= 0) {
      return false;
    }
    load.started(nanos.getAsLong());
    usedInAll++;
    rowsInFlight += rows;
    tokens.take(target);
    return true;
  }

  /** Records how a call ended that began at that time. */
  synchronized void record(String target, Outcome.Kind kind, boolean overloaded, long startedAt) {
    load(target).ended(kind, overloaded, startedAt, nanos.getAsLong());
  }

  synchronized void release(String target, int rows) {
    load(target).released();
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
