package net.insightpulseai.bridge.outbox;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How often the database is asked for due rows while every known target has enough of them in
 * memory. An announcement may be of another target, so it is answered soon, but not so often that
 * the looks themselves become the load. Used by one thread.
 */
final class LookPace {

  /**
   * A producer whose notification was suppressed may commit a little after the one that sent one.
   */
  static final Duration TRAILING_POLL = Duration.ofMillis(50);

  /** Of the time, at most one part in so many is spent looking for what was announced. */
  private static final int SHARE = 5;

  private final LongSupplier nanos;
  private long began;
  private long ended;

  LookPace(LongSupplier nanos) {
    this.nanos = nanos;
    this.ended = nanos.getAsLong() - TRAILING_POLL.toNanos();
    this.began = ended;
  }

  void begin() {
    began = nanos.getAsLong();
  }

  void end() {
    ended = nanos.getAsLong();
  }

  /** How long to wait for the next look, which refills every target that has room; or zero. */
  Duration untilRefill() {
    return remaining(TRAILING_POLL.toNanos());
  }

  /** How long to wait for the next look at what was announced; or zero. */
  Duration untilAnnounced() {
    return remaining(Math.min(TRAILING_POLL.toNanos(), (SHARE - 1) * (ended - began)));
  }

  private Duration remaining(long pauseNanos) {
    return Duration.ofNanos(Math.max(0, pauseNanos - (nanos.getAsLong() - ended)));
  }
}
