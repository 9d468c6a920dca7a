package net.insightpulseai.bridge.incident;

import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Compares another clock with ours. */
final class Clocks {

  private Clocks() {}

  /** The condition if they differ noticeably; null if not. */
  static @Nullable Condition compare(String subject, String whose, Duration ahead, Clock clock) {
    long seconds = ahead.toSeconds();
    if (Math.abs(seconds) < IncidentKind.NOTICEABLE_SKEW_SECONDS) {
      return null;
    }
    return Condition.of(
        IncidentKind.CLOCK_SKEW,
        subject,
        whose,
        "the clock differs from ours by %+d s".formatted(seconds),
        clock.instant());
  }
}
