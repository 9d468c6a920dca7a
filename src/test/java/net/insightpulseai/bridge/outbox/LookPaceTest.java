package net.insightpulseai.bridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LookPaceTest {

  private final AtomicLong clock = new AtomicLong(-5);
  private final LookPace pace = new LookPace(clock::get);

  @Test
  void theFirstLookIsAtOnce() {
    assertThat(pace.untilRefill()).isZero();
    assertThat(pace.untilAnnounced()).isZero();
  }

  @Test
  void whatIsAnnouncedIsLookedForSoonAfterAQuickLook() {
    look(Duration.ofMillis(1));

    assertThat(pace.untilAnnounced()).isEqualTo(Duration.ofMillis(4));
    assertThat(pace.untilRefill()).isEqualTo(Duration.ofMillis(50));
    pass(Duration.ofMillis(4));
    assertThat(pace.untilAnnounced()).isZero();
    assertThat(pace.untilRefill()).isEqualTo(Duration.ofMillis(46));
  }

  @Test
  void slowLooksAreFartherApartButNeverFartherThanRefills() {
    look(Duration.ofMillis(5));
    assertThat(pace.untilAnnounced()).isEqualTo(Duration.ofMillis(20));

    look(Duration.ofSeconds(2));
    assertThat(pace.untilAnnounced()).isEqualTo(Duration.ofMillis(50));
  }

  private void look(Duration time) {
    pace.begin();
    pass(time);
    pace.end();
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }
}
