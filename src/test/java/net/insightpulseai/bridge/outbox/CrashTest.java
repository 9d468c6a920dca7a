package net.insightpulseai.bridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import net.insightpulseai.bridge.BridgeProcess;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.TestOdoo;
import org.junit.jupiter.api.Test;

/** The bridge in a process of its own, killed at the worst moment. */
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

      bridge.set(start(database, odoo));
      try {
        await().atMost(Duration.ofSeconds(60)).until(() -> !bridge.get().isAlive());
        assertThat(status(database)).isEqualTo("sent");
        bridge.set(start(database, odoo));
        await().atMost(Duration.ofSeconds(60)).until(() -> status(database).equals("applied"));
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

  private static String status(TestDatabase database) {
    return database
        .jdbc()
        .queryForObject("select status from public.odoo_action_outbox", String.class);
  }

  private static BridgeProcess start(TestDatabase database, TestOdoo odoo) {
    return new BridgeProcess(
        database,
        Map.of(
            "EDGE_HMAC_SECRET",
            BridgeTest.SECRET,
            "ODOO_BASE_URL",
            odoo.url(),
            "ODOO_API_TOKEN",
            TestOdoo.TOKEN));
  }
}
