package net.insightpulseai.bridge.bench;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting, in one place. */
final class Pause {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private Pause() {}

  static void of(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted");
    }
  }

  /**
   * Looks until a condition holds.
   *
   * @return false if it did not within the limit
   */
  static boolean until(BooleanSupplier condition, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      of(BETWEEN_LOOKS);
    }
    return true;
  }
}
