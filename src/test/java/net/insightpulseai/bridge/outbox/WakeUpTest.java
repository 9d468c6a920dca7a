package net.insightpulseai.bridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.TestOdoo;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** With a poll once an hour, only a notification can bring a row to Odoo in time. */
@TestPropertySource(properties = "bridge.outbox.poll-interval=1h")
class WakeUpTest extends BridgeTest {

  private static final Logger LOG = LoggerFactory.getLogger(WakeUpTest.class);

  @Autowired private QueueListener listener;

  @Test
  void aPlainInsertWakesTheEngineByNotify() {
    await().until(listener::isListening);
    Queue<Long> arrivals = new ConcurrentLinkedQueue<>();
    odoo()
        .answer(
            call -> {
              arrivals.add(System.nanoTime());
              return TestOdoo.applied(call);
            });
    List<Long> millis = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      jdbc().update("insert into public.odoo_action_outbox (action, args) values ('x.y', '{}')");
      long committed = System.nanoTime();
      int expected = i + 1;
      await()
          .atMost(Duration.ofSeconds(5))
          .pollInterval(Duration.ofMillis(5))
          .until(() -> arrivals.size() == expected);
      millis.add((List.copyOf(arrivals).get(i) - committed) / 1_000_000);
    }
    // Measured, not asserted: a busy machine is no fault of the bridge.
    Collections.sort(millis);
    LOG.info("From commit to Odoo: median {} ms, worst {} ms", millis.get(10), millis.get(19));
  }

  @Test
  void aLostListeningConnectionIsOpenedAgainAndWhatCameMeanwhileIsFound() {
    await().until(listener::isListening);
    Integer ended =
        jdbc()
            .queryForObject(
                "select count(pg_terminate_backend(pid)) from pg_stat_activity"
                    + " where datname = current_database() and pid <> pg_backend_pid()"
                    + " and (query ilike '%listen bridge_queue%' or query ilike '%select 1%'"
                    + " or pid in (select pid from pg_locks where locktype = 'advisory'))",
                Integer.class);
    assertThat(ended).isPositive();
    jdbc().update("insert into public.odoo_action_outbox (action, args) values ('x.y', '{}')");
    await().atMost(Duration.ofSeconds(15)).until(() -> odoo().calls("x.y").size() == 1);
    await().atMost(Duration.ofSeconds(15)).until(listener::isListening);
    jdbc().update("insert into public.odoo_action_outbox (action, args) values ('x.y', '{}')");
    await().atMost(Duration.ofSeconds(5)).until(() -> odoo().calls("x.y").size() == 2);
  }
}
