package net.insightpulseai.bridge.outbox;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the engines do again and again goes on, whatever one time ends with. */
class OutboxComponentTest {

  @Test
  void anErrorDoesNotEndASchedule() {
    ScheduledExecutorService keeper = Executors.newSingleThreadScheduledExecutor();
    try {
      AtomicInteger times = new AtomicInteger();
      OutboxComponent.every(
          keeper,
          Duration.ofMillis(1),
          () -> {
            if (times.incrementAndGet() == 1) {
              throw new OutOfMemoryError("unable to create native thread");
            }
          });
      await().until(() -> times.get() > 2);
    } finally {
      keeper.shutdownNow();
    }
  }
}
