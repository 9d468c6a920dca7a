package net.insightpulseai.bridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.TestSubscriber;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistrar;

/** The whole bridge and a real Odoo with its addon, with a relay between them each way. */
@Tag("odoo")
@Import(EndToEndTest.Joined.class)
abstract class EndToEndTest extends BridgeTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Autowired private RealOdoo real;
  @Autowired private Lines lines;

  @TestConfiguration(proxyBeanMethods = false)
  static class Joined {

    @Bean
    RealOdoo realOdoo() {
      return RealOdoo.fromEnvironment();
    }

    @Bean(destroyMethod = "close")
    Lines lines(RealOdoo odoo) {
      return new Lines(odoo);
    }

    @Bean
    DynamicPropertyRegistrar realAddresses(Lines lines) {
      return registry -> {
        registry.add("bridge.odoo.base-url", lines::odooUrl);
        registry.add("bridge.odoo.api-token", lines::apiToken);
        registry.add("bridge.signature.secret", lines::hmacSecret);
      };
    }
  }

  @BeforeEach
  final void join() {
    lines.toBridge().target(URI.create(url("")));
    restore();
  }

  /** A test leaves nothing behind that its successor would receive. */
  @AfterEach
  final void settle() {
    restore();
    resumeSending();
    waiting()
        .untilAsserted(
            () ->
                assertThat(real.count("ip.event", List.of(List.of("state", "=", "pending"))))
                    .as("events that wait in Odoo")
                    .isZero());
  }

  private void restore() {
    lines.toOdoo().restore();
    lines.toBridge().restore();
    lines.toOdoo().forget();
    lines.toBridge().forget();
  }

  /** The bridge is back: has Odoo try at once, and waits until it has succeeded. */
  final void resumeSending() {
    waiting()
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              boolean running = real.senderState().equals("running");
              if (!running) {
                real.resumeSender();
              }
              return running;
            });
  }

  final RealOdoo real() {
    return real;
  }

  final Relay toOdoo() {
    return lines.toOdoo();
  }

  final Relay toBridge() {
    return lines.toBridge();
  }

  final Lines lines() {
    return lines;
  }

  /** For what takes seconds on a slow machine, and a back-off of either side at most. */
  static ConditionFactory waiting() {
    return await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(100));
  }

  /** The events of one record that the bridge has stored, in their order. */
  final List<Event> events(String model, long id) {
    return jdbc()
        .query(
            "select id, event_type, payload, correlation_id, origin, origin_seq, hop, coalesce(meta, '{}') as meta"
                + " from public.audit_event where source = 'odoo' and resource_id = ?"
                + " and event_type like ? order by id",
            (row, n) ->
                new Event(
                    row.getLong("id"),
                    row.getString("event_type"),
                    parse(row.getString("payload")),
                    row.getString("correlation_id"),
                    row.getString("origin"),
                    row.getLong("origin_seq"),
                    row.getInt("hop"),
                    parse(row.getString("meta"))),
            String.valueOf(id),
            model + ".%");
  }

  /** Waits for so many events of one record. */
  final List<Event> awaitEvents(String model, long id, int count) {
    waiting().untilAsserted(() -> assertThat(events(model, id)).hasSize(count));
    return events(model, id);
  }

  /** A webhook of everything that a pattern finds, signed as Standard Webhooks. */
  final void subscribe(TestSubscriber webhook, String pattern) {
    subscribe(
        Map.of(
            "name",
            "crm",
            "kind",
            "webhook",
            "url",
            webhook.url() + "/hook",
            "event_types",
            List.of(pattern),
            "secret",
            "env:BRIDGE_SUBSCRIBER_TEST"));
  }

  /** The entry of application.yaml, which each test begins without. */
  final void subscribeOdoo() {
    subscribe(Map.of("name", "odoo", "kind", "odoo"));
  }

  private void subscribe(Map<String, ?> definition) {
    HttpResponse<String> made =
        post("/bridge/subscribers", text(definition), "apikey", serviceKey());
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
  }

  /** A name that no contact has yet. */
  static String unique() {
    return "E2E " + UUID.randomUUID();
  }

  /** The arguments of {@code res.partner.create}, whose effects can be counted. */
  static Map<String, ?> contact(String name) {
    return Map.of("values", Map.of("name", name));
  }

  final long contacts(String name) {
    return real.count("res.partner", List.of(List.of("name", "=", name)));
  }

  /** Queues an action as anything that can INSERT would; gives its number. */
  final long queue(String action, Map<String, ?> args) {
    return jdbc()
        .queryForObject(
            "insert into public.odoo_action_outbox (action, args) values (?, ?::jsonb) returning id",
            Long.class,
            action,
            text(args));
  }

  /** Waits until an action is applied; gives its row. */
  final Map<String, Object> awaitApplied(long action) {
    waiting()
        .failFast(() -> assertThat(action(action).get("status")).isNotEqualTo("error"))
        .until(() -> action(action).get("status").equals("applied"));
    return action(action);
  }

  final Map<String, Object> action(long id) {
    return jdbc().queryForMap("select * from public.odoo_action_outbox where id = ?", id);
  }

  /** The story of a correlation id, as an operator asks for it. */
  final JsonNode trace(String correlationId) {
    return parse(get("/bridge/trace/" + correlationId, "apikey", serviceKey()).body());
  }

  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static String text(Map<String, ?> json) {
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A row of {@code audit_event}. */
  record Event(
      long id,
      String type,
      JsonNode payload,
      String correlationId,
      String origin,
      long seq,
      int hop,
      JsonNode meta) {}
}
