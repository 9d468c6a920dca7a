package net.insightpulseai.bridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import net.insightpulseai.bridge.BridgeProcess;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.TestOdoo;
import net.insightpulseai.bridge.TestOdoo.Answer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The bridge in a process of its own, killed at the worst moment. */
@Tag("slow")
class CrashTest {

  @Test
  void killedBetweenOdoosAnswerAndTheAckItSendsTheSameKeyAgainAndOdooAppliesOnce() {
    try (TestDatabase database = TestDatabase.fresh();
        TestOdoo odoo = new TestOdoo()) {
      AtomicReference<BridgeProcess> bridge = new AtomicReference<>();
      AtomicInteger effects = new AtomicInteger();
      Map<String, Boolean> receipts = new ConcurrentHashMap<>();
      odoo.answer(
          call -> {
            if (call.action().equals("res.partner.update")
                && receipts.put(call.json().path("idempotency_key").asText(), true) == null) {
              effects.incrementAndGet();
              bridge.get().kill();
            }
            return TestOdoo.applied(call);
          });
      database
          .jdbc()
          .update(
              "insert into public.odoo_action_outbox (action, args) values ('res.partner.update', '{\"id\": 42}')");

      bridge.set(BridgeProcess.calling(odoo, database, "node-1"));
      try {
        await().atMost(Duration.ofMinutes(4)).until(() -> !bridge.get().isAlive());
        assertThat(status(database)).isEqualTo("sent");
        bridge.set(BridgeProcess.calling(odoo, database, "node-1"));
        await().atMost(Duration.ofMinutes(4)).until(() -> status(database).equals("applied"));
      } finally {
        bridge.get().kill();
      }

      List<TestOdoo.Call> calls = odoo.calls("res.partner.update");
      assertThat(calls).hasSize(2);
      assertThat(calls)
          .extracting(call -> call.json().path("idempotency_key").asText())
          .containsOnly(receipts.keySet().iterator().next());
      assertThat(effects).hasValue(1);
    }
  }

  @Test
  void killedBetweenOdoosAnswerToSeveralActionsAndTheAckEachHasOneEffect() {
    try (TestDatabase database = TestDatabase.fresh();
        TestOdoo odoo = new TestOdoo()) {
      odoo.takesTogether(20, "res.partner.update");
      AtomicReference<BridgeProcess> bridge = new AtomicReference<>();
      Map<String, AtomicInteger> effects = new ConcurrentHashMap<>();
      Set<String> receipts = ConcurrentHashMap.newKeySet();
      odoo.answer(
          call -> {
            Answer answer = TestOdoo.each(call, action -> once(action, receipts, effects));
            if (call.actions().size() > 1) {
              bridge.get().kill();
            }
            return answer;
          });

      bridge.set(BridgeProcess.calling(odoo, database, "node-1"));
      try {
        AtomicInteger partner = new AtomicInteger();
        await()
            .atMost(Duration.ofMinutes(4))
            .pollInterval(Duration.ofMillis(100))
            .until(
                () -> {
                  if (bridge.get().isAlive()) {
                    insertFive(database, partner.getAndAdd(5));
                  }
                  return !bridge.get().isAlive();
                });
        assertThat(count(database, "status = 'sent'")).isGreaterThan(1);
        odoo.answer(call -> TestOdoo.each(call, action -> once(action, receipts, effects)));
        bridge.set(BridgeProcess.calling(odoo, database, "node-1"));
        await()
            .atMost(Duration.ofMinutes(4))
            .until(() -> count(database, "status <> 'applied'") == 0);
      } finally {
        bridge.get().kill();
      }

      assertThat(odoo.batches()).isNotEmpty();
      assertThat(effects).hasSize(count(database, "true"));
      assertThat(effects.values()).allSatisfy(effect -> assertThat(effect).hasValue(1));
    }
  }

  @Test
  void killedWithRowsClaimedAheadItSendsEachAgainOrForTheFirstTimeAndEachHasOneEffect() {
    int rows = 1_000;
    try (TestDatabase database = TestDatabase.fresh();
        TestOdoo odoo = new TestOdoo()) {
      AtomicReference<BridgeProcess> bridge = new AtomicReference<>();
      AtomicInteger calls = new AtomicInteger();
      Map<String, AtomicInteger> effects = new ConcurrentHashMap<>();
      Set<String> receipts = ConcurrentHashMap.newKeySet();
      odoo.answer(
          call -> {
            Answer answer = once(call.json(), receipts, effects);
            if (call.action().equals("res.partner.update") && calls.incrementAndGet() == 100) {
              bridge.get().kill();
            }
            return answer;
          });
      database
          .jdbc()
          .update(
              "insert into public.odoo_action_outbox (action, args, ordering_key)"
                  + " select 'res.partner.update', jsonb_build_object('id', p), ''"
                  + " from generate_series(1, ?) p",
              rows);

      bridge.set(BridgeProcess.calling(odoo, database, "node-1"));
      try {
        await().atMost(Duration.ofMinutes(4)).until(() -> !bridge.get().isAlive());
        assertThat(count(database, "status = 'sent'"))
            .as("more than the calls in flight")
            .isGreaterThan(8);
        bridge.set(BridgeProcess.calling(odoo, database, "node-1"));
        await()
            .atMost(Duration.ofMinutes(4))
            .until(() -> count(database, "status = 'applied'") == rows);
      } finally {
        bridge.get().kill();
      }

      assertThat(effects).hasSize(rows);
      assertThat(effects.values()).allSatisfy(effect -> assertThat(effect).hasValue(1));
      assertThat(count(database, "attempts <> 1")).isZero();
    }
  }

  private static Answer once(
      JsonNode action, Set<String> receipts, Map<String, AtomicInteger> effects) {
    if (action.path("action").asText().equals("res.partner.update")
        && receipts.add(action.path("idempotency_key").asText())) {
      effects
          .computeIfAbsent(action.at("/args/id").asText(), id -> new AtomicInteger())
          .incrementAndGet();
    }
    return Answer.json(200, "{\"ok\":true,\"code\":\"ok\"}");
  }

  private static void insertFive(TestDatabase database, int first) {
    database
        .jdbc()
        .update(
            "insert into public.odoo_action_outbox (action, args)"
                + " select 'res.partner.update', jsonb_build_object('id', p)"
                + " from generate_series(?, ? + 4) p",
            first,
            first);
  }

  private static int count(TestDatabase database, String where) {
    return database
        .jdbc()
        .queryForObject(
            "select count(*) from public.odoo_action_outbox where " + where, Integer.class);
  }

  private static String status(TestDatabase database) {
    return database
        .jdbc()
        .queryForObject("select status from public.odoo_action_outbox", String.class);
  }
}
