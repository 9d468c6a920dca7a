package net.insightpulseai.bridge;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** A clock whose time passes when a test says so. */
public final class TestClock extends Clock {

  private final Supplier<Instant> base;
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

  private TestClock(Supplier<Instant> base) {
    this.base = base;
  }

  /** Goes on only when a test says so. */
  public static TestClock standing() {
    return telling(() -> Instant.parse("2026-01-01T00:00:00Z"));
  }

  /** The system's, which a test puts forward. */
  public static TestClock running() {
    return telling(Instant::now);
  }

  /** Tells what it is given, each time anew. */
  public static TestClock telling(Supplier<Instant> times) {
    return new TestClock(times);
  }

  public void pass(Duration time) {
    ahead.updateAndGet(before -> before.plus(time));
  }

  @Override
  public Instant instant() {
    return base.get().plus(ahead.get());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
