package net.insightpulseai.bridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** A real Odoo answers the heartbeat with an event of its own. */
@TestPropertySource(properties = "bridge.heartbeat.every=30s")
class HeartbeatInOdooTest extends EndToEndTest {

  @Test
  void anActionGoesOutAndOdoosEventWithItsCorrelationIdComesBack() {
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
