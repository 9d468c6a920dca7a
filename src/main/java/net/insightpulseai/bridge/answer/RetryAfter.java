package net.insightpulseai.bridge.answer;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After}: seconds, or a date as HTTP writes it. */
public final class RetryAfter {

  /**
   * Longer waits are cut to this; a wrong clock or a typing error must not hold a row for years.
   */
  public static final Duration LONGEST = Duration.ofHours(6);

  private RetryAfter() {}

  /**
   * How long the header asks to wait, from zero to {@link #LONGEST}; null if there is none or it
   * cannot be read.
   */
  public static @Nullable Duration read(@Nullable String header, Instant now) {
    if (header == null) {
      return null;
    }
    String value = header.strip();
    if (value.matches("\\d+")) {
      return value.length() > 6 ? LONGEST : within(Duration.ofSeconds(Long.parseLong(value)));
    }
    Instant date = HttpDate.read(value);
    return date == null ? null : within(Duration.between(now, date));
  }

  /** The wait that was asked for, or the default for an overload that names no time. */
  public static Duration orPause(@Nullable Duration asked) {
    return asked != null ? asked : FailureRules.OVERLOAD_PAUSE;
  }

  private static Duration within(Duration asked) {
    if (asked.isNegative()) {
      return Duration.ZERO;
    }
    return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
  }
}
