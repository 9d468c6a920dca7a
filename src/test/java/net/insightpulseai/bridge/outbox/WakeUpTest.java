package net.insightpulseai.bridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import net.insightpulseai.bridge.BridgeTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** With a poll once an hour, only a notification can bring a row to Odoo in time. */
@TestPropertySource(properties = "bridge.outbox.poll-interval=1h")
class WakeUpTest extends BridgeTest {

  @Autowired private QueueListener listener;

  @Test
  void aPlainInsertWakesTheEngineByNotify() {
    await().until(listener::isListening);
    for (int i = 0; i < 10; i++) {
      jdbc().update("insert into public.odoo_action_outbox (action, args) values ('x.y', '{}')");
      int expected = i + 1;
      await().atMost(Duration.ofSeconds(5)).until(() -> odoo().calls("x.y").size() == expected);
    }
  }

  @Test
  void aLostListeningConnectionIsOpenedAgainAndWhatCameMeanwhileIsFound() {
    await().until(listener::isListening);
    Integer ended =
        jdbc()
            .queryForObject(
                "select count(pg_terminate_backend(pid)) from pg_stat_activity"
                    + " where query like 'LISTEN%' or query = 'SELECT 1' and datname = current_database()",
                Integer.class);
    assertThat(ended).isPositive();
    jdbc().update("insert into public.odoo_action_outbox (action, args) values ('x.y', '{}')");
    await().atMost(Duration.ofSeconds(15)).until(() -> odoo().calls("x.y").size() == 1);
    await().atMost(Duration.ofSeconds(15)).until(listener::isListening);
    jdbc().update("insert into public.odoo_action_outbox (action, args) values ('x.y', '{}')");
    await().atMost(Duration.ofSeconds(5)).until(() -> odoo().calls("x.y").size() == 2);
  }
}
