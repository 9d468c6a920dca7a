package net.insightpulseai.bridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {

  private static final List<Duration> DELAYS =
      Stream.of(2, 10, 60, 300).map(Duration::ofSeconds).toList();

  private final RetrySchedule schedule = new RetrySchedule(DELAYS, new Random(1));

  @Test
  void isReadAsRoutesWriteIt() {
    RetrySchedule read = RetrySchedule.read("500ms, 30s,5m", new NoJitter());
    assertThat(Stream.of(1, 2, 3, 4).map(read::after))
        .containsExactly(
            Duration.ofMillis(500),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofMinutes(5));
    for (String wrong : List.of("", "30", "30s,", "5m,30s", "-5s", "0s", "soon", "9999999999d")) {
      assertThatIllegalArgumentException()
          .as(wrong)
          .isThrownBy(() -> RetrySchedule.read(wrong, new NoJitter()));
    }
  }

  @Property
  void delayIsNeverShorterThanScheduledAndAtMostAFifthOrTwoSecondsLonger(
      @ForAll @IntRange(min = 1, max = 40) int attempt, @ForAll long seed) {
    Duration base = DELAYS.get(Math.min(attempt, DELAYS.size()) - 1);

    Duration delay = new RetrySchedule(DELAYS, new Random(seed)).after(attempt);

    long most = Math.max(base.toMillis() / 5, 2000);
    assertThat(delay).isBetween(base, base.plusMillis(most));
  }

  @Property
  void withoutJitterDelaysGrowUpToTheLastOne(
      @ForAll @Size(min = 1, max = 12) List<@LongRange(min = 1, max = 90_000) Long> seconds,
      @ForAll @IntRange(min = 1, max = 40) int attempt) {
    List<Duration> delays = seconds.stream().sorted().map(Duration::ofSeconds).toList();
    RetrySchedule still = new RetrySchedule(delays, new NoJitter());

    assertThat(still.after(attempt + 1)).isGreaterThanOrEqualTo(still.after(attempt));
    assertThat(still.after(attempt)).isLessThanOrEqualTo(still.longest());
    assertThat(still.after(seconds.size() + 7)).isEqualTo(still.longest());
  }

  @Property
  void aTargetThatAsksForTimeIsNeverCalledEarlier(
      @ForAll @IntRange(min = 1, max = 40) int attempt,
      @ForAll @LongRange(min = 0, max = 30_000) long asked,
      @ForAll long seed) {
    Duration atLeast = Duration.ofSeconds(asked);

    Duration delay = new RetrySchedule(DELAYS, new Random(seed)).after(attempt, atLeast);

    assertThat(delay).isGreaterThanOrEqualTo(atLeast);
    assertThat(delay).isGreaterThanOrEqualTo(DELAYS.get(Math.min(attempt, DELAYS.size()) - 1));
  }

  @Test
  void jitterReachesBothItsEnds() {
    assertThat(Stream.generate(() -> schedule.after(4)).limit(500))
        .anyMatch(delay -> delay.toSeconds() <= 302)
        .anyMatch(delay -> delay.toSeconds() >= 358);
  }

  @Test
  void oneAttemptMoreThanThereAreDelaysThenItIsSpent() {
    assertThat(schedule.spent(4, null)).isFalse();
    assertThat(schedule.spent(5, null)).isTrue();
  }

  @Test
  void theRowsOwnLimitComesFirst() {
    assertThat(schedule.spent(1, 1)).isTrue();
    assertThat(schedule.spent(5, 9)).isFalse();
    assertThat(schedule.spent(9, 9)).isTrue();
  }

  @Test
  void totalIsTheSumOfTheDelays() {
    assertThat(schedule.total()).isEqualTo(Duration.ofSeconds(372));
  }

  @Test
  void shrinkingOrEmptyOrZeroDelaysAreRefused() {
    for (List<Duration> wrong :
        List.of(
            List.<Duration>of(),
            List.of(Duration.ZERO),
            List.of(Duration.ofSeconds(9), Duration.ofSeconds(8)))) {
      assertThatIllegalArgumentException().isThrownBy(() -> new RetrySchedule(wrong, new Random()));
    }
  }

  @Test
  void aDelayThatNoTimestampCouldHoldIsRefused() {
    assertThat(RetrySchedule.read("1m,30d", new Random()).total())
        .isGreaterThan(Duration.ofDays(30));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RetrySchedule.read("1m,999999999d", new Random()))
        .withMessage("\"999999999d\" is too long; expected at most 30d");
  }

  private static final class NoJitter extends Random {
    @Override
    public long nextLong(long bound) {
      return 0;
    }
  }
}
