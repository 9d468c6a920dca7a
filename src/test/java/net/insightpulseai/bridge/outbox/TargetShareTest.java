package net.insightpulseai.bridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.outbox.TargetShare.Share;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The limits of a target hold over all replicas together. */
class TargetShareTest {

  @Test
  void theSlotsOfAllReplicasAddUpToTheLimitAndDifferByOneAtMost() {
    for (int replicas = 1; replicas <= 7; replicas++) {
      for (int limit = 1; limit <= 40; limit++) {
        int[] slots = slots("subscriber:" + limit, limit, replicas);
        assertThat(IntStream.of(slots).sum()).isEqualTo(limit);
        assertThat(IntStream.of(slots).max().orElseThrow())
            .isLessThanOrEqualTo(IntStream.of(slots).min().orElseThrow() + 1);
      }
    }
  }

  private static int[] slots(String target, int limit, int replicas) {
    return IntStream.range(0, replicas)
        .map(place -> new Share(place, replicas).slots(target, limit))
        .toArray();
  }

  @Test
  void targetsWithOneSlotAreSpreadOverTheReplicas() {
    int[] targets = new int[3];
    for (int id = 0; id < 300; id++) {
      int[] slots = slots("subscriber:" + id, 1, 3);
      for (int place = 0; place < 3; place++) {
        targets[place] += slots[place];
      }
    }
    assertThat(IntStream.of(targets).boxed()).allMatch(count -> count >= 80);
  }

  @Test
  void theRateIsSharedByThoseThatHaveSlots() {
    assertThat(new Share(0, 3).perSecond(30, 8)).isCloseTo(10, Offset.offset(1e-9));
    assertThat(new Share(0, 3).perSecond(30, 1)).isEqualTo(30);
    assertThat(new Share(0, 3).perSecond(null, 8)).isNull();
    assertThat(TargetShare.ALL.perSecond(30, 8)).isEqualTo(30);
  }

  @Test
  void twoEnginesKeepOneLimitAndOneThatMayNotTakePartYetTakesNothing() {
    EngineFixture fixture = new EngineFixture(TestDatabase.fresh());
    try {
      fixture.shares.put("a", new Share(0, 2));
      fixture.shares.put("b", new Share(1, 2));
      fixture.shares.put("c", TargetShare.NONE);
      for (int i = 0; i < 40; i++) {
        fixture.insertFor("odoo", "");
      }
      CountDownLatch release = new CountDownLatch(1);
      AtomicInteger inC = new AtomicInteger();
      fixture.engine("c", row -> EngineFixture.done(inC.incrementAndGet(), ""));
      for (String instance : new String[] {"a", "b"}) {
        fixture.engine(
            instance,
            row -> {
              release.await(30, TimeUnit.SECONDS);
              return EngineFixture.ok();
            });
      }

      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> fixture.count("status = 'sent' and locked_by in ('a', 'b')") == 8);
      assertThat(fixture.count("status = 'sent' and locked_by = 'a'")).isEqualTo(4);

      release.countDown();
      fixture.awaitCount("status = 'applied'", 40);
      assertThat(inC).hasValue(0);

      fixture.shares.put("c", TargetShare.ALL);
      fixture.shares.put("a", TargetShare.NONE);
      fixture.shares.put("b", TargetShare.NONE);
      fixture.insertFor("odoo", "");
      await().atMost(Duration.ofSeconds(20)).until(() -> inC.get() == 1);
    } finally {
      fixture.close();
    }
  }
}
