package net.insightpulseai.bridge.outbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import net.insightpulseai.bridge.config.DurationText;
import net.insightpulseai.bridge.config.StartRefused;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/**
 * How long to wait after the n-th failure, and when to give up.
 *
 * <p>Delays are jittered upward only: a target that names a time, or that has just come back, is
 * never called early.
 */
public final class RetrySchedule {

  private static final double JITTER = 0.2;
  private static final Duration SMALLEST_JITTER = Duration.ofSeconds(2);

  /** Longer than any outage, and far from what a timestamp can hold. */
  private static final Duration LONGEST = Duration.ofDays(30);

  private final List<Duration> delays;
  private final RandomGenerator random;

  /**
   * @param delays how long to wait after the first, second, … failure; positive and never
   *     decreasing
   * @param random where the jitter comes from
   * @throws IllegalArgumentException if the delays are empty, not positive, or decrease
   */
  public RetrySchedule(List<Duration> delays, RandomGenerator random) {
    if (delays.isEmpty()) {
      throw new IllegalArgumentException("at least one delay is needed, for example 2s,10s,1m");
    }
    Duration previous = Duration.ZERO;
    for (Duration delay : delays) {
      if (delay.compareTo(previous) < 0 || delay.isZero()) {
        throw new IllegalArgumentException(
            "delays must be positive and must not decrease; found "
                + DurationText.of(delay)
                + " after "
                + DurationText.of(previous));
      }
      previous = delay;
    }
    this.delays = List.copyOf(delays);
    this.random = random;
  }

  /**
   * Checks a schedule where it is written.
   *
   * @param key its setting
   * @throws StartRefused if a schedule cannot be made of it
   */
  public static void check(String key, List<Duration> delays) {
    try {
      var unused = new RetrySchedule(delays, RandomGenerator.getDefault());
    } catch (IllegalArgumentException e) {
      throw new StartRefused(key + ": " + e.getMessage());
    }
  }

  /**
   * A schedule as it is written in a route: {@code 30s,5m,1h}.
   *
   * @throws IllegalArgumentException if it is none; the message says what is wrong
   */
  public static RetrySchedule read(String text, RandomGenerator random) {
    List<Duration> delays = new ArrayList<>();
    for (String one : text.split(",", -1)) {
      String delay = one.strip();
      // Without a unit it would be milliseconds, which nobody means.
      if (!delay.matches("[0-9]{1,9}(ms|s|m|h|d)")) {
        throw new IllegalArgumentException(
            "\"%s\" is no delay; expected delays such as 30s,5m,1h".formatted(delay));
      }
      Duration parsed = DurationStyle.SIMPLE.parse(delay);
      if (parsed.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            "\"%s\" is too long; expected at most %s".formatted(delay, DurationText.of(LONGEST)));
      }
      delays.add(parsed);
    }
    return new RetrySchedule(delays, random);
  }

  /** How long to wait after this failed attempt, counted from 1; later ones wait the last delay. */
  public Duration after(int attempt) {
    return jittered(base(attempt));
  }

  /** The same, but at least the given time. */
  public Duration after(int attempt, Duration atLeast) {
    Duration base = base(attempt);
    return jittered(base.compareTo(atLeast) < 0 ? atLeast : base);
  }

  /**
   * Whether that attempt was the last one.
   *
   * @param attempt the attempt that failed, from 1
   * @param rowMaxAttempts the row's own limit; null: one attempt more than there are delays
   */
  public boolean spent(int attempt, @Nullable Integer rowMaxAttempts) {
    return attempt >= (rowMaxAttempts != null ? rowMaxAttempts : delays.size() + 1);
  }

  /** The longest delay of the schedule, before jitter. */
  public Duration longest() {
    return delays.get(delays.size() - 1);
  }

  /** How long a row that fails every time is retried, before jitter. */
  public Duration total() {
    return delays.stream().reduce(Duration.ZERO, Duration::plus);
  }

  private Duration base(int attempt) {
    return delays.get(Math.min(Math.max(attempt, 1), delays.size()) - 1);
  }

  private Duration jittered(Duration base) {
    long most = Math.max(Math.round(base.toMillis() * JITTER), SMALLEST_JITTER.toMillis());
    return base.plusMillis(random.nextLong(most + 1));
  }
}
