package net.insightpulseai.bridge.outbox;

import static net.insightpulseai.bridge.outbox.EngineFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An engine that loses its route, or is closed, loses no row. */
class EngineStopTest {

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
  void detachingGivesBackWhatWasNotStartedAndLetsTheRestFinish() {
    CountDownLatch release = new CountDownLatch(1);
    QueueEngine engine = detachedWithEightOfTwentyInFlight(release);
    release.countDown();
    fixture.awaitCount("status = 'applied'", 8);
    await().during(Duration.ofMillis(200)).until(() -> fixture.count("status = 'applied'") == 8);
    assertThat(fixture.count("status = 'queued' and attempts = 0")).isEqualTo(12);
  }

  @Test
  void aClosingEngineWaitsForWhatIsInFlightAndWritesItsOutcome() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    QueueEngine engine = detachedWithEightOfTwentyInFlight(release);
    Thread closer = new Thread(engine::close);
    closer.start();
    await().during(Duration.ofMillis(1_000)).until(closer::isAlive);
    release.countDown();
    closer.join();

    assertThat(fixture.count("status = 'applied'")).isEqualTo(8);
    assertThat(fixture.count("status = 'queued' and attempts = 0")).isEqualTo(12);
  }

  private QueueEngine detachedWithEightOfTwentyInFlight(CountDownLatch release) {
    CountDownLatch started = new CountDownLatch(8);
    for (int i = 0; i < 20; i++) {
      fixture.insert("x.y", "{}");
    }
    EngineFixture.OneByOne handler =
        row -> {
          started.countDown();
          release.await(30, TimeUnit.SECONDS);
          return ok();
        };
    QueueEngine engine = fixture.engine("a", handler);
    await().until(() -> started.getCount() == 0);
    engine.detach(handler);
    return engine;
  }
}
