package net.insightpulseai.bridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.insightpulseai.bridge.BridgeProcess;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.Test;

/** How fast both sides are together; prints it, and asserts only that all has arrived. */
class MeasurementTest extends EndToEndTest {

  private static final int EVENTS = 100;
  private static final int WARM_UP = 100;
  private static final int ACTIONS = 200;

  @Test
  void printsTheTimeFromOdoosCommitToTheStoredEvent() {
    long id = real().create("res.partner", Map.of("name", "Measured"));
    awaitEvents("res.partner", id, 1);
    List<Duration> latencies = new ArrayList<>();
    for (int n = 1; n <= EVENTS; n++) {
      real().write("res.partner", id, Map.of("street", "Street " + n));
      long committed = System.nanoTime();
      int count = 1 + n;
      waiting()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(2))
          .until(
              () ->
                  text(
                          "select count(*) from public.audit_event where resource_id = ?"
                              + " and event_type like 'res.partner.%'",
                          String.valueOf(id))
                      .equals(String.valueOf(count)));
      latencies.add(Duration.ofNanos(System.nanoTime() - committed));
    }
    Collections.sort(latencies);
    Measured.print(
        "from Odoo's answer to the user until the event is in audit_event, %d events one after the"
            + " other: p50 %d ms, p99 %d ms, max %d ms",
        EVENTS,
        latencies.get(EVENTS / 2).toMillis(),
        latencies.get(EVENTS * 99 / 100).toMillis(),
        latencies.get(EVENTS - 1).toMillis());
  }

  @Test
  void printsActionsPerSecondOneByOneAndBatched() {
    List<Long> ids =
        real()
            .createAll(
                "res.partner",
                IntStream.range(0, ACTIONS)
                    .mapToObj(n -> Map.of("name", "Measured " + n))
                    .toList());
    // Odoo writes a message about each change of an address, and none about a reference.
    for (String field : List.of("ref", "street")) {
      double alone = actionsPerSecond(ids, field, 1);
      double batched = actionsPerSecond(ids, field, 20);
      Measured.print(
          "%d times res.partner.update of %s on as many contacts: %.0f a second one by one, %.0f a"
              + " second in batches of at most 20, a factor of %.1f",
          ACTIONS, field, alone, batched, batched / alone);
    }
  }

  /** In a process of its own with a setting of its own, warmed up. */
  private double actionsPerSecond(List<Long> ids, String field, int batch) {
    try (TestDatabase database = TestDatabase.fresh();
        Relay relay = new Relay(InetAddress.getLoopbackAddress(), 0)) {
      relay.target(real().url());
      try (BridgeProcess bridge =
          lines().bridge(database, relay, Map.of("BRIDGE_ODOO_BATCH", String.valueOf(batch)))) {
        queue(database, ids.subList(0, WARM_UP), field, "Warm-up " + batch);
        awaitApplied(database, WARM_UP);
        int calls = relay.requests().size();
        long start = System.nanoTime();
        queue(database, ids, field, "Measured " + batch);
        awaitApplied(database, WARM_UP + ids.size());
        double seconds = (System.nanoTime() - start) / 1e9;
        Measured.print(
            "%d actions, at most %d a call: %d calls in %.1f s",
            ids.size(), batch, relay.requests().size() - calls, seconds);
        assertThat(bridge.isAlive()).isTrue();
        return ids.size() / seconds;
      }
    }
  }

  private static void queue(TestDatabase database, List<Long> ids, String field, String value) {
    database
        .jdbc()
        .update(
            "insert into public.odoo_action_outbox (action, args)"
                + " select 'res.partner.update', jsonb_build_object('id', id, 'values', jsonb_build_object(?::text, ?::text))"
                + " from unnest(?::bigint[]) as r (id)",
            field,
            value,
            ids.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}")));
  }

  private static void awaitApplied(TestDatabase database, int count) {
    waiting()
        .pollInterval(Duration.ofMillis(20))
        .until(
            () ->
                database
                        .jdbc()
                        .queryForObject(
                            "select count(*) from public.odoo_action_outbox where status = 'applied'",
                            Integer.class)
                    == count);
  }
}
