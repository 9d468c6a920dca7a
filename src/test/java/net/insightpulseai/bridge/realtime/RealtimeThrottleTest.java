package net.insightpulseai.bridge.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RealtimeThrottleTest {

  private static final String TARGET = "subscriber:1";

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-22T12:00:00Z"));
  private final RealtimeThrottle throttle =
      new RealtimeThrottle(((InstantSource) now::get).withZone(ZoneOffset.UTC));

  @Test
  void withoutComplaintsItIsTheUsual() {
    assertThat(throttle.limit(TARGET, 80)).isEqualTo(80);
  }

  @Test
  void callsUnderWayTogetherHalveItOnce() {
    for (int call = 0; call < 8; call++) {
      throttle.slowDown(TARGET);
    }

    assertThat(throttle.limit(TARGET, 80)).isEqualTo(40);
    assertThat(throttle.limit("subscriber:2", 80)).isEqualTo(80);
  }

  @Test
  void furtherComplaintsHalveItAgainButNeverToNothing() {
    for (int time = 0; time < 20; time++) {
      throttle.slowDown(TARGET);
      wait(3);
    }

    assertThat(throttle.limit(TARGET, 80)).isEqualTo(1);
    assertThat(throttle.limit(TARGET, 1)).isEqualTo(1);
  }

  @Test
  void itComesBackStepByStep() {
    throttle.slowDown(TARGET);
    wait(3);
    throttle.slowDown(TARGET);
    assertThat(throttle.limit(TARGET, 80)).isEqualTo(20);

    wait(15);
    assertThat(throttle.limit(TARGET, 80)).isEqualTo(40);
    wait(15);
    assertThat(throttle.limit(TARGET, 80)).isEqualTo(80);

    throttle.slowDown(TARGET);
    assertThat(throttle.limit(TARGET, 80)).isEqualTo(40);
  }

  private void wait(int seconds) {
    now.updateAndGet(time -> time.plusSeconds(seconds));
  }
}
