package net.insightpulseai.bridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import net.insightpulseai.bridge.TestSubscriber;
import net.insightpulseai.bridge.TestSubscriber.Call;
import net.insightpulseai.bridge.subscriber.Subscriber;
import net.insightpulseai.bridge.subscriber.SubscriberTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Events through the real trigger, queue and routes to a webhook that the test programs. */
abstract class WebhookTest extends SubscriberTest {

  private static final String REFERENCE = "env:BRIDGE_SUBSCRIBER_TEST";

  private TestSubscriber subscriber;

  @BeforeEach
  final void listen() {
    subscriber = new TestSubscriber();
  }

  @AfterEach
  final void hangUp() {
    subscriber.close();
  }

  final TestSubscriber subscriber() {
    return subscriber;
  }

  /** A subscriber of everything at the test's receiver; gives its target. */
  final String subscribe() {
    return subscribe("crm", subscriber.url() + "/hook");
  }

  final String subscribe(String name, String url) {
    return subscribe(name, url, "full", "standard", REFERENCE);
  }

  final String subscribe(
      String name, String url, String format, String signature, String reference) {
    Long id =
        jdbc()
            .queryForObject(
                "insert into bridge.subscriber (name, kind, url, event_types, format, signature, secrets)"
                    + " values (?, 'webhook', ?, '{*}', ?, ?, jsonb_build_array(jsonb_build_object('ref', ?::text)))"
                    + " returning id",
                Long.class,
                name,
                url,
                format,
                signature,
                reference);
    return Subscriber.TARGET_PREFIX + id;
  }

  /** Stores an event as anything that can INSERT would; gives its number. */
  final long event(String resource, String payload) {
    return jdbc()
        .queryForObject(
            "insert into public.audit_event (source, event_type, resource_id, payload)"
                + " values ('odoo', 'res.partner.updated', ?, ?::jsonb) returning id",
            Long.class,
            resource,
            payload);
  }

  final long event() {
    return event("42", "{\"name\": \"Zoë\", \"amount\": 12345678901234567890.1200}");
  }

  /** The only call so far. */
  final Call only() {
    assertThat(subscriber.calls()).hasSize(1);
    return subscriber.calls().get(0);
  }

  /** The last failed attempt. */
  final Map<String, Object> attempt() {
    return jdbc().queryForMap("select * from bridge.attempt order by id desc limit 1");
  }

  final void awaitDelivery(String column, Object value) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(delivery()).containsEntry(column, value));
  }

  /** Waits until an attempt has failed for this reason, and its row is back in the queue. */
  final void awaitFailure(String reason) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(
                        jdbc()
                            .queryForList(
                                "select class from bridge.attempt order by id", String.class))
                    .containsExactly(reason));
    assertThat(delivery()).containsEntry("status", "queued");
  }

  final void awaitState(String target, String state) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(
                        jdbc()
                            .queryForList(
                                "select state from bridge.target where name = ?",
                                String.class,
                                target))
                    .containsExactly(state));
  }
}
