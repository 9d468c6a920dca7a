package net.insightpulseai.bridge.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.TestClock;
import net.insightpulseai.bridge.TestOdoo.Call;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.TestPropertySource;

/** The shipped routes before an Odoo that takes partners' updates together. */
@Import(BatchTest.Later.class)
@TestPropertySource(properties = "bridge.odoo.response-timeout=2s")
abstract class BatchTest extends BridgeTest {

  static final String UPDATE = "res.partner.update";

  @Autowired OdooBatches batches;
  @Autowired private TestClock clock;

  @TestConfiguration(proxyBeanMethods = false)
  static class Later {

    @Bean
    @Primary
    TestClock testClock() {
      return TestClock.running();
    }
  }

  /** So much later that no test knows what another was announced. */
  @BeforeEach
  final void announce() {
    odoo().takesTogether(20, UPDATE);
    clock.pass(Duration.ofMinutes(16));
    awaitBatchesOf(20);
  }

  /**
   * Lets time pass until the bridge knows how many actions Odoo takes in a call. Once is not
   * enough: an answer may be on its way that was given before Odoo changed its mind.
   */
  final void awaitBatchesOf(int most) {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              clock.pass(Duration.ofMinutes(1));
              return batches.of("odoo").maxRows() == most;
            });
  }

  final void later(Duration on) {
    clock.pass(on);
  }

  /** Queues updates of these partners, all at once. */
  final void insert(int... partners) {
    jdbc()
        .update(
            "insert into public.odoo_action_outbox (action, args) select 'res.partner.update',"
                + " jsonb_build_object('id', p) from unnest(cast(? as int[])) p",
            Arrays.toString(partners).replace('[', '{').replace(']', '}'));
  }

  /** Waits until so many actions are in a state. */
  final void awaitActions(int count, String where) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(count(where)).isEqualTo(count));
  }

  final int count(String where) {
    return Integer.parseInt(text("select count(*) from public.odoo_action_outbox where " + where));
  }

  /** The row of a partner's update. */
  final Map<String, Object> row(int partner) {
    return jdbc()
        .queryForMap(
            "select * from public.odoo_action_outbox where args ->> 'id' = ?",
            String.valueOf(partner));
  }

  /** The partners of a call, in its order. */
  static List<Integer> partners(Call call) {
    return call.actions().stream().map(action -> action.at("/args/id").asInt()).toList();
  }

  /** The partners of what went alone. */
  final List<Integer> alone() {
    return odoo().calls(UPDATE).stream().flatMap(call -> partners(call).stream()).toList();
  }
}
