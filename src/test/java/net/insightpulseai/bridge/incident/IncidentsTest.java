package net.insightpulseai.bridge.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import net.insightpulseai.bridge.subscriber.SubscriberTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** Incidents of the whole bridge: reported to whoever asks, and to nobody for ever. */
@TestPropertySource(
    properties = {
      "bridge.incidents.every=1s",
      "bridge.incidents.open-after=0s",
      "bridge.incidents.close-after=0s",
      "bridge.incidents.console=https://bridge.example.com:8788",
      "bridge.delivery.retry-schedule=1s"
    })
class IncidentsTest extends SubscriberTest {

  @Autowired MeterRegistry meters;

  private List<String> alerts() {
    return jdbc()
        .queryForList(
            "select event_type || ' ' || (payload ->> 'kind') || ' ' || (payload ->> 'subject')"
                + " from public.audit_event where event_type like 'bridge.alert.%' order by id",
            String.class);
  }

  private void awaitAlerts(String... expected) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(alerts()).containsExactly(expected));
  }

  @Test
  void aDisabledSubscriberIsToldOfToTheOthersAndShownUntilItIsResumed() {
    created("dead");
    created("pager");
    jdbc()
        .update(
            "update bridge.subscriber set event_types = '{bridge.alert.*}' where name in ('dead', 'pager')");
    jdbc()
        .update(
            "insert into bridge.target (name, state, changed_by, reason) values ('subscriber:1', 'disabled', 'bridge', 'status 410')");
    awaitAlerts("bridge.alert.opened target_disabled subscriber:1");
    assertThat(
            jdbc()
                .queryForList("select target from bridge.event_delivery order by id", String.class))
        .containsExactly("subscriber:1", "subscriber:2");

    JsonNode incident = json(200, ask("GET", "/bridge/incidents", "")).at("/incidents/0");
    assertThat(incident.path("state").asText()).isEqualTo("open");
    assertThat(incident.path("name").asText()).isEqualTo("dead");
    assertThat(incident.path("found").asText()).isEqualTo("disabled by bridge: status 410");
    assertThat(incident.path("remedy").asText())
        .contains("POST /bridge/targets/subscriber:1/resume");
    assertThat(incident.path("link").asText())
        .isEqualTo("https://bridge.example.com:8788/actuator/hawtio/bridge/subscribers");
    assertThat(meters.get("bridge.incidents.open").tag("kind", "target_disabled").gauge().value())
        .isEqualTo(1);

    json(200, ask("POST", "/bridge/targets/subscriber:1/resume", BY_ADA));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(alerts()).contains("bridge.alert.closed target_disabled subscriber:1"));
  }

  @Test
  void deadLettersOfAlertsOpenNoFurtherAlerts() {
    created("dead");
    jdbc().update("update bridge.subscriber set event_types = '{bridge.alert.*,a.b}'");
    jdbc()
        .update(
            "insert into bridge.dead_letter (queue, row_id, target, ordering_key, reason, attempts)"
                + " values ('event-deliveries', 1, 'subscriber:1', 'bridge.alert:1', 'rejected', 1),"
                + " ('odoo-actions', 1, 'odoo', '', 'rejected', 1)");
    awaitAlerts("bridge.alert.opened dead_letters odoo");
    assertThat(json(200, ask("GET", "/bridge/incidents", "")).path("incidents")).hasSize(1);
  }

  @Test
  void aPauseByAPersonIsShownAndNotYetReported() {
    json(200, ask("POST", "/bridge/targets/odoo/pause", BY_ADA));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              JsonNode one = json(200, ask("GET", "/bridge/incidents", "")).at("/incidents/0");
              assertThat(one.path("state").asText()).isEqualTo("pending");
              assertThat(one.path("found").asText()).isEqualTo("paused by ada: a test");
            });
    assertThat(alerts()).isEmpty();
  }
}
