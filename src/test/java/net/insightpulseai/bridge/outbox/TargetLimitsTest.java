package net.insightpulseai.bridge.outbox;

import static net.insightpulseai.bridge.outbox.EngineFixture.ok;
import static net.insightpulseai.bridge.outbox.EngineFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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

  @Test
  void manyTargetsThatHangAndFailLeaveSlotsForOneThatWorks() {
    fixture.settings = settings(Duration.ofMillis(20), 32, 8, false);
    for (int i = 0; i < 200; i++) {
      for (int target = 0; target < 8; target++) {
        fixture.insertFor("hanging " + target, "");
      }
    }
    AtomicBoolean mended = new AtomicBoolean();
    CountDownLatch release = new CountDownLatch(1);
    Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    fixture.engine(
        "a",
        row -> {
          if (row.target().equals("working") || mended.get()) {
            return ok();
          }
          if (calls.computeIfAbsent(row.target(), t -> new AtomicInteger()).incrementAndGet()
              > 24) {
            release.await(60, TimeUnit.SECONDS);
          }
          return Outcome.retry("timeout", "no answer", Duration.ofHours(1));
        });
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> calls.size() == 8 && calls.values().stream().allMatch(n -> n.get() > 24));

    // Eight times eight would be twice as many slots as there are.
    assertThat(fixture.count("status = 'sent'")).isEqualTo(8);
    for (int i = 0; i < 100; i++) {
      fixture.insertFor("working", "");
    }
    fixture.awaitCount("target = 'working' and status = 'applied'", 100);

    mended.set(true);
    release.countDown();
    fixture.awaitCount("status = 'queued' and next_attempt_at < now()", 0);
  }

  @Test
  void aTargetThatWorksAgainHasAllItsSlotsAgain() {
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    for (int i = 0; i < 40; i++) {
      fixture.insertFor("once dead", "");
    }
    fixture.engine(
        "a",
        row -> {
          int call = calls.incrementAndGet();
          if (call <= 24) {
            return Outcome.retry("unreachable", "refused", Duration.ofHours(1));
          }
          if (call > 25) {
            release.await(30, TimeUnit.SECONDS);
          }
          return ok();
        });

    await().atMost(Duration.ofSeconds(20)).until(() -> fixture.count("status = 'sent'") == 8);
    release.countDown();
  }
}
