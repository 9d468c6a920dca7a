package net.insightpulseai.bridge.outbox;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Limits the rows a second of each target: a token bucket that holds a quarter of a second's worth,
 * so that even after a pause no second exceeds the rate by more than a quarter.
 */
final class TokenBuckets {

  private static final Duration SHORTEST_WAIT = Duration.ofMillis(100);
  private static final double NANOS = 1e9;

  private final LongSupplier nanos;
  private final Map<String, Bucket> buckets = new HashMap<>();

  TokenBuckets(LongSupplier nanos) {
    this.nanos = nanos;
  }

  private record Bucket(double tokens, long at) {}

  /** How many rows of a target may start now. */
  int available(String target, double perSecond) {
    long now = nanos.getAsLong();
    double capacity = Math.max(1, perSecond / 4.0);
    Bucket before = buckets.getOrDefault(target, new Bucket(capacity, now));
    double refilled = before.tokens() + (now - before.at()) / NANOS * perSecond;
    Bucket bucket = new Bucket(Math.min(refilled, capacity), now);
    buckets.put(target, bucket);
    return (int) bucket.tokens();
  }

  /** Takes a token for a row that has started; a target without a rate limit has no bucket. */
  void take(String target) {
    buckets.computeIfPresent(target, (t, b) -> new Bucket(b.tokens() - 1, b.at()));
  }

  /** Removes the bucket: the target has no rate limit, or none any more. */
  void remove(String target) {
    buckets.remove(target);
  }

  /** How long to wait before looking again at a target that has no token left. */
  static Duration refillTime(double perSecond) {
    Duration one = Duration.ofNanos(Math.round(NANOS / perSecond));
    return one.compareTo(SHORTEST_WAIT) > 0 ? one : SHORTEST_WAIT;
  }
}
