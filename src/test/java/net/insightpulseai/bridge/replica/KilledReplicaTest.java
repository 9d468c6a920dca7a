package net.insightpulseai.bridge.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import net.insightpulseai.bridge.BridgeProcess;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.TestOdoo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A replica is killed while it calls: the other takes its share and its rows over. */
@Tag("slow")
class KilledReplicaTest {

  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final int ACTIONS = 200;

  /** After so many seconds of silence a replica counts no more, whatever locks it holds. */
  private static final int SILENCE = 15;

  private static final String HELD =
      "select idempotency_key from public.odoo_action_outbox where status = 'sent' and locked_by = ?";

  private final Map<String, AtomicInteger> effects = new ConcurrentHashMap<>();

  /** Never released: each call takes as long as somebody waits for it. */
  private final Semaphore busy = new Semaphore(0);

  @Test
  void itsShareAndItsRowsGoToTheOtherAndNothingIsAppliedTwice() {
    try (TestDatabase database = TestDatabase.fresh();
        TestOdoo odoo = new TestOdoo()) {
      odoo.answer(this::apply);
      try (BridgeProcess one = BridgeProcess.calling(odoo, database, "node-a");
          BridgeProcess other = BridgeProcess.calling(odoo, database, "node-b")) {
        awaitShare(one, "odoo-actions: 2 replicas share the limits of its targets");
        awaitShare(other, "odoo-actions: 2 replicas share the limits of its targets");
        long shares = alone(one);
        insert(database);
        await()
            .atMost(LIMIT)
            .until(
                () -> !held(database, "node-a").isEmpty() && !held(database, "node-b").isEmpty());

        other.kill();
        Set<String> left = held(database, "node-b");
        int silent = awaitMissed(database);

        assertThat(left).isNotEmpty();
        assertThat(silent)
            .as("seconds of silence while it still counted")
            .isLessThanOrEqualTo(SILENCE);
        await().atMost(LIMIT).until(() -> alone(one) > shares);
        await().atMost(LIMIT).until(() -> applied(database) == ACTIONS);
        assertThat(effects).hasSize(ACTIONS);
        assertThat(effects.values()).extracting(AtomicInteger::get).containsOnly(1);
        assertThat(calledTwice(odoo)).isSubsetOf(left);
      }
    }
  }

  /** As Odoo does: what it has applied once, it only answers again. */
  private TestOdoo.Answer apply(TestOdoo.Call call) {
    if (call.action().equals("res.partner.update")) {
      try {
        assertThat(busy.tryAcquire(200, TimeUnit.MILLISECONDS)).isFalse();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      effects.computeIfAbsent(
          call.json().path("idempotency_key").asText(), key -> new AtomicInteger(1));
    }
    return TestOdoo.applied(call);
  }

  private static Set<String> calledTwice(TestOdoo odoo) {
    Map<String, Long> calls =
        odoo.calls("res.partner.update").stream()
            .collect(
                Collectors.groupingBy(
                    call -> call.json().path("idempotency_key").asText(), Collectors.counting()));
    return calls.entrySet().stream()
        .filter(one -> one.getValue() > 1)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static Set<String> held(TestDatabase database, String replica) {
    return new HashSet<>(database.jdbc().queryForList(HELD, String.class, replica));
  }

  /** Waits until the killed one counts no more; the longest silence at which it still did. */
  private static int awaitMissed(TestDatabase database) {
    AtomicInteger longest = new AtomicInteger();
    await()
        .atMost(LIMIT)
        .until(
            () -> {
              // By the database's clock in one statement, however busy this machine is.
              List<Integer> silence =
                  database
                      .jdbc()
                      .queryForList(
                          "select extract(epoch from now() - r.seen_at)::integer"
                              + " from bridge.present_replicas() r where r.name = 'node-b'",
                          Integer.class);
              silence.forEach(seconds -> longest.accumulateAndGet(seconds, Math::max));
              return silence.isEmpty();
            });
    return longest.get();
  }

  private static void awaitShare(BridgeProcess bridge, String words) {
    await()
        .atMost(LIMIT)
        .until(() -> bridge.output().stream().anyMatch(line -> line.contains(words)));
  }

  /** How often it has said that it shares with nobody. */
  private static long alone(BridgeProcess bridge) {
    return bridge.output().stream()
        .filter(
            line ->
                line.contains("odoo-actions: the limits of its targets are those of this replica"))
        .count();
  }

  private static void insert(TestDatabase database) {
    database
        .jdbc()
        .update(
            "insert into public.odoo_action_outbox (action, args)"
                + " select 'res.partner.update', jsonb_build_object('id', i) from generate_series(1, ?) i",
            ACTIONS);
  }

  private static int applied(TestDatabase database) {
    return database
        .jdbc()
        .queryForObject(
            "select count(*) from public.odoo_action_outbox where status = 'applied'",
            Integer.class);
  }
}
