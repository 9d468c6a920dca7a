package net.insightpulseai.bridge.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.EditedRoutes;
import net.insightpulseai.bridge.TestKafka;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The routes of docs/kafka.md, beside the shipped ones, with a real broker. */
@DirtiesContext
class KafkaExamplesTest extends BridgeTest {

  private static final String PAGE = "docs/kafka.md";
  private static final TestKafka KAFKA = TestKafka.shared();
  private static final String EVENTS = KAFKA.topic(2);
  private static final String DEAD_EVENTS = KAFKA.topic(1);
  private static final String ACTIONS = KAFKA.topic(1);
  private static final String DEAD_ACTIONS = KAFKA.topic(1);

  @DynamicPropertySource
  static void examples(DynamicPropertyRegistry registry) {
    registry.add("KAFKA_BOOTSTRAP_SERVERS", KAFKA::servers);
    registry.add("camel.main.routes-include-pattern", KafkaExamplesTest::routes);
  }

  private static String routes() {
    String pattern =
        EditedRoutes.and(
            "kafka",
            "custom/kafka-events",
            yaml("## Events from a topic")
                .replace("shop.events.dead", DEAD_EVENTS)
                .replace("uri: kafka:shop.events", "uri: kafka:" + EVENTS));
    try {
      Files.writeString(
          EditedRoutes.folder("kafka").resolve("custom/kafka-actions.camel.yaml"),
          yaml("## Actions from a topic")
              .replace("shop.actions.dead", DEAD_ACTIONS)
              .replace("uri: kafka:shop.actions", "uri: kafka:" + ACTIONS));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return pattern;
  }

  private static String yaml(String heading) {
    return Documents.snippet(PAGE, heading, "yaml");
  }

  private void awaitCount(int expected, String query) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(text(query)).isEqualTo(String.valueOf(expected)));
  }

  @Test
  void eventsAreStoredOnceAndPoisonIsPutAside() {
    String event =
        "{\"event_type\":\"shop.order.placed\",\"resource_id\":17,\"payload\":{\"n\":1.50}}";
    String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    KAFKA.send(EVENTS, "a", event, Map.of("webhook-id", "shop-1", "traceparent", trace));
    KAFKA.send(EVENTS, "a", "{\"event_type\":", Map.of("webhook-id", "shop-2"));
    KAFKA.send(EVENTS, "a", "{\"event_type\":\"bridge.reserved\"}", Map.of());
    KAFKA.send(EVENTS, "a", event, Map.of("webhook-id", "shop-1"));
    KAFKA.send(EVENTS, "a", event, Map.of());
    KAFKA.send(EVENTS, "a", "{\"event_type\":\"shop.last\"}", Map.of());

    awaitCount(1, "select count(*) from public.audit_event where event_type = 'shop.last'");
    awaitCount(2, "select count(*) from public.audit_event where event_type = 'shop.order.placed'");
    assertThat(
            text(
                "select payload::text || (meta ->> 'traceparent') from public.audit_event where meta ->> 'event_id' = 'shop-1'"))
        .isEqualTo("{\"n\": 1.50}" + trace);

    ConsumerRecord<String, String> dead = KAFKA.read(DEAD_EVENTS, 2).get(0);
    assertThat(dead.value()).isEqualTo("{\"event_type\":");
    assertThat(dead.key()).isEqualTo("a");
    assertThat(TestKafka.header(dead, "webhook-id")).isEqualTo("shop-2");
    assertThat(TestKafka.header(dead, "dead_reason")).isEqualTo("invalid_json");
    assertThat(TestKafka.header(dead, "dead_from")).startsWith(EVENTS + "-");
  }

  @Test
  void actionsAreQueuedOnceAndPoisonIsPutAside() {
    String action = "{\"action\":\"post_order\",\"args\":{\"id\":7}}";
    KAFKA.send(ACTIONS, "a", action, Map.of("webhook-id", "order-7"));
    KAFKA.send(ACTIONS, "a", "{\"args\":{}}", Map.of());
    KAFKA.send(ACTIONS, "a", "{\"action\":\"x\",\"args\":{\"t\":\"\\u0000\"}}", Map.of());
    KAFKA.send(ACTIONS, "a", action, Map.of("webhook-id", "order-7"));
    KAFKA.send(ACTIONS, "a", "{\"action\":\"post_order\",\"args\":{\"id\":8}}", Map.of());

    awaitCount(2, "select count(*) from public.odoo_action_outbox where status = 'applied'");
    assertThat(
            text(
                "select count(*) from public.odoo_action_outbox where idempotency_key = 'order-7'"))
        .isEqualTo("1");
    assertThat(KAFKA.read(DEAD_ACTIONS, 2))
        .extracting(one -> TestKafka.header(one, "dead_reason"))
        .containsExactly("missing_action", "DataIntegrityViolationException");
  }

  /** When a statement that waits for a lock has begun, other than one. */
  private String awaitBlocked(String other) {
    String query =
        "select coalesce(max(query_start)::text, '') from pg_stat_activity"
            + " where datname = current_database() and wait_event_type = 'Lock'";
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> text(query), begun -> !begun.isEmpty() && !begun.equals(other));
  }

  @Test
  void whileTheDatabaseIsLockedRecordsWaitAndThenAreStored() throws Exception {
    try (var connection = database().dataSource().getConnection();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("lock table bridge.event_key in access exclusive mode");
      KAFKA.send(EVENTS, "w", "{\"event_type\":\"shop.waits\"}", Map.of("webhook-id", "w-1"));
      KAFKA.send(EVENTS, "w", "{\"event_type\":\"shop.waits\"}", Map.of("webhook-id", "w-2"));
      String first = awaitBlocked("");
      // The first attempt has failed when another one waits.
      awaitBlocked(first);
      connection.rollback();
    }

    awaitCount(2, "select count(*) from public.audit_event where event_type = 'shop.waits'");
    assertThat(KAFKA.read(DEAD_EVENTS, all -> true)).noneMatch(one -> "w".equals(one.key()));
  }
}
