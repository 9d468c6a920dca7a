package net.insightpulseai.bridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.insightpulseai.bridge.TestSubscriber.Answer;
import org.junit.jupiter.api.Test;

/** A webhook that has asked for limits of its own. */
class WebhookLimitsTest extends WebhookTest {

  @Test
  void noMoreCallsThanItsSlotsAreUnderWayAtOnce() {
    limit("slots = 2");
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Semaphore answers = new Semaphore(0);
    subscriber()
        .answer(
            call -> {
              most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
              take(answers);
              underWay.decrementAndGet();
              return Answer.of(204);
            });
    for (int i = 0; i < 12; i++) {
      event(String.valueOf(i), "{}");
    }

    await().atMost(Duration.ofSeconds(20)).until(() -> underWay.get() == 2);
    answers.release(12);
    awaitDelivered(12);

    assertThat(most).hasValue(2);
  }

  @Test
  void itIsSentNoMoreASecondThanItsRateAndGetsAllInTheEnd() {
    limit("rate = 10");
    List<Long> times = new CopyOnWriteArrayList<>();
    subscriber()
        .answer(
            call -> {
              times.add(System.nanoTime());
              return Answer.of(204);
            });
    for (int i = 0; i < 20; i++) {
      event(String.valueOf(i), "{}");
    }

    awaitDelivered(20);

    // A quarter of a second's worth at once, and each further one waits for its turn.
    assertThat(Duration.ofNanos(times.get(19) - times.get(0)))
        .isGreaterThan(Duration.ofMillis(1_500));
  }

  private void limit(String column) {
    subscribe();
    jdbc().update("update bridge.subscriber set " + column);
  }

  private static void take(Semaphore answers) {
    try {
      answers.tryAcquire(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
