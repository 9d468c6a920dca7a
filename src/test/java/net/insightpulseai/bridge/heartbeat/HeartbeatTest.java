package net.insightpulseai.bridge.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import net.insightpulseai.bridge.BridgeTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** The heartbeat goes to Odoo as an action, and comes back as an event. */
@TestPropertySource(properties = "bridge.heartbeat.every=1d")
class HeartbeatTest extends BridgeTest {

  @Autowired MeterRegistry meters;

  @Test
  void itIsQueuedOnceInAPeriodAndBothWaysAreTimed() {
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(
            () ->
                assertThat(
                        text(
                            "select string_agg(action || ' ' || args::text || ' ' || status, ',')"
                                + " from public.odoo_action_outbox"))
                    .isEqualTo("bridge.ping {\"heartbeat\": true} applied"));
    String story = text("select correlation_id from public.odoo_action_outbox");
    assertThat(
            postSigned(
                    "/functions/v1/odoo_event_ingest",
                    "{\"event_type\":\"bridge.heartbeat\",\"event_id\":\"h1\",\"correlation_id\":\"%s\"}"
                        .formatted(story))
                .statusCode())
        .isEqualTo(200);
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(
            () -> {
              assertThat(seconds("bridge.heartbeat", "to_odoo")).isBetween(0.0, 60.0);
              assertThat(seconds("bridge.heartbeat", "from_odoo")).isBetween(0.0, 60.0);
            });
    assertThat(text("select count(*) from public.odoo_action_outbox")).isEqualTo("1");
    assertThat(text("select count(*) from bridge.event_delivery")).isEqualTo("0");
  }

  private double seconds(String name, String direction) {
    return meters.get(name).tag("direction", direction).gauge().value();
  }

  @Test
  void onlyOdooMaySendIt() {
    assertThat(postSigned("/bridge/event", "{\"event_type\":\"bridge.heartbeat\"}").statusCode())
        .isEqualTo(400);
    assertThat(
            postSigned(
                    "/functions/v1/odoo_event_ingest", "{\"event_type\":\"bridge.alert.opened\"}")
                .statusCode())
        .isEqualTo(400);
  }
}
