package net.insightpulseai.bridge.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.insightpulseai.bridge.BridgeProcess;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.TestOdoo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Bridges in processes of their own: together they call Odoo no more often at once than one. */
@Tag("slow")
class SharedLimitsTest {

  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final int SLOTS = 8;

  private final TestOdoo odoo = new TestOdoo();
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  /** Never released: each call takes as long as somebody waits for it. */
  private final Semaphore busy = new Semaphore(0);

  @Test
  void theLimitHoldsOverAllAndTheOneThatIsLeftHasAllOfIt() {
    odoo.answer(
        call -> {
          most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
          try {
            assertThat(busy.tryAcquire(100, TimeUnit.MILLISECONDS)).isFalse();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } finally {
            atOnce.decrementAndGet();
          }
          return TestOdoo.applied(call);
        });
    try (TestDatabase database = TestDatabase.fresh();
        BridgeProcess one = BridgeProcess.calling(odoo, database, "node-a")) {
      awaitLine(one, "odoo-actions: the limits of its targets are those of this replica");
      try (BridgeProcess other = BridgeProcess.calling(odoo, database, "node-b")) {
        awaitLine(other, "odoo-actions: waits until the other replicas know of this one");
        awaitLine(one, "odoo-actions: 2 replicas share the limits of its targets");
        awaitLine(other, "odoo-actions: 2 replicas share the limits of its targets");
        most.set(0);

        insert(database, 300);
        Set<String> workers = new HashSet<>();
        await()
            .atMost(LIMIT)
            .until(
                () -> {
                  workers.addAll(
                      database
                          .jdbc()
                          .queryForList(
                              "select distinct locked_by from public.odoo_action_outbox where status = 'sent'",
                              String.class));
                  return applied(database) == 300;
                });
        assertThat(most.get()).isBetween(2, SLOTS);
        assertThat(workers).containsExactlyInAnyOrder("node-a", "node-b");
      }
      awaitLine(one, "odoo-actions: the limits of its targets are those of this replica", 2);
      most.set(0);
      insert(database, 100);
      await().atMost(LIMIT).until(() -> applied(database) == 400);
      assertThat(most.get()).isLessThanOrEqualTo(SLOTS);
    } finally {
      odoo.close();
    }
  }

  private static void awaitLine(BridgeProcess bridge, String words) {
    awaitLine(bridge, words, 1);
  }

  private static void awaitLine(BridgeProcess bridge, String words, long times) {
    await()
        .atMost(LIMIT)
        .until(
            () -> bridge.output().stream().filter(line -> line.contains(words)).count() >= times);
  }

  private static void insert(TestDatabase database, int count) {
    database
        .jdbc()
        .update(
            "insert into public.odoo_action_outbox (action, args)"
                + " select 'res.partner.update', jsonb_build_object('id', i) from generate_series(1, ?) i",
            count);
  }

  private static int applied(TestDatabase database) {
    return database
        .jdbc()
        .queryForObject(
            "select count(*) from public.odoo_action_outbox where status = 'applied'",
            Integer.class);
  }
}
