package net.insightpulseai.bridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TokenBucketsTest {

  private long now = 1_000;
  private final TokenBuckets tokens = new TokenBuckets(() -> now);

  @Test
  void aTargetMayBeginWithAQuarterOfASecondsWorth() {
    assertThat(tokens.available("a", 80)).isEqualTo(20);
    assertThat(tokens.available("b", 1)).isEqualTo(1);
  }

  @Test
  void whatIsTakenComesBackWithTime() {
    assertThat(tokens.available("a", 40)).isEqualTo(10);
    take("a", 10);
    assertThat(tokens.available("a", 40)).isZero();
    now += TimeUnit.MILLISECONDS.toNanos(75);
    assertThat(tokens.available("a", 40)).isEqualTo(3);
  }

  @Test
  void aRestedTargetSavesUpNoMore() {
    assertThat(tokens.available("a", 20)).isEqualTo(5);
    now += TimeUnit.HOURS.toNanos(1);
    assertThat(tokens.available("a", 20)).isEqualTo(5);
  }

  @Test
  void noSecondSeesMoreThanAQuarterTooMany() {
    int started = 0;
    for (int millis = 0; millis < 1000; millis += 20) {
      int free = tokens.available("a", 80);
      take("a", free);
      started += free;
      now += TimeUnit.MILLISECONDS.toNanos(20);
    }
    assertThat(started).isBetween(80, 100);
  }

  @Test
  void targetsDoNotShareAPace() {
    assertThat(tokens.available("a", 1)).isEqualTo(1);
    take("a", 1);
    assertThat(tokens.available("b", 1)).isEqualTo(1);
  }

  @Test
  void aPausedTargetIsLookedAtAgainWhenItsNextRowMayStartAndNotTenTimesBefore() {
    assertThat(TokenBuckets.refillTime(1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(TokenBuckets.refillTime(500)).isEqualTo(Duration.ofMillis(100));
  }

  private void take(String target, int rows) {
    for (int i = 0; i < rows; i++) {
      tokens.take(target);
    }
  }
}
