package net.insightpulseai.bridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * A real Odoo answers the heartbeat with an event of its own. The action is the one that the route
 * heartbeat queues: a bridge with that setting would be a second one, with other keys in Odoo.
 */
class HeartbeatInOdooTest extends EndToEndTest {

  @Test
  void anActionGoesOutAndOdoosEventWithItsCorrelationIdComesBack() {
    jdbc()
        .update(
            "insert into public.odoo_action_outbox (action, args, ordering_key, idempotency_key)"
                + " values ('bridge.ping', '{\"heartbeat\": true}', '', 'heartbeat-1')");
    await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(
            () ->
                assertThat(
                        jdbc()
                            .queryForList(
                                "select e.source || ' ' || a.status from public.audit_event e"
                                    + " join public.odoo_action_outbox a using (correlation_id)"
                                    + " where e.event_type = 'bridge.heartbeat' and a.action = 'bridge.ping'",
                                String.class))
                    .contains("odoo applied"));
    assertThat(
            text(
                "select count(*) from public.odoo_action_outbox where action = 'bridge.ping' and status = 'error'"))
        .isEqualTo("0");
  }
}
