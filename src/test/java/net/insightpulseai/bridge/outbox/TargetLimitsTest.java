package net.insightpulseai.bridge.outbox;

import static net.insightpulseai.bridge.outbox.EngineFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A target's own limits, where it has some. */
class TargetLimitsTest {

  private EngineFixture fixture;

  @BeforeEach
  void open() {
    fixture = new EngineFixture(TestDatabase.fresh());
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aTargetWithTwoSlotsHasTwoRowsInFlightAndAnotherItsUsualEight() {
    fixture.limits = target -> target.equals("small") ? new TargetLimits.Limits(2, null) : null;
    for (int i = 0; i < 20; i++) {
      fixture.insertFor("small", "");
      fixture.insertFor("usual", "");
    }
    CountDownLatch release = new CountDownLatch(1);
    fixture.engine(
        "a",
        row -> {
          release.await(30, TimeUnit.SECONDS);
          return ok();
        });

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> fixture.count("status = 'sent' and target = 'usual'") == 8);
    assertThat(fixture.count("status = 'sent' and target = 'small'")).isEqualTo(2);
    release.countDown();
    fixture.awaitCount("status = 'applied'", 40);
  }

  @Test
  void aTargetWithARateIsSentNoMoreThanThatAndGetsAllInTheEnd() {
    fixture.limits = target -> new TargetLimits.Limits(null, 20);
    List<Long> times = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 50; i++) {
      fixture.insertFor("paced", "");
    }
    fixture.engine(
        "a",
        row -> {
          times.add(System.nanoTime());
          return ok();
        });

    fixture.awaitCount("status = 'applied'", 50);
    // One second's worth may go at once; each further row waits for its token.
    Duration took = Duration.ofNanos(times.get(49) - times.get(0));
    assertThat(took).isGreaterThanOrEqualTo(Duration.ofMillis(1_300));
  }
}
