package net.insightpulseai.bridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import net.insightpulseai.bridge.TestKafka;
import net.insightpulseai.bridge.ingest.ExactJson;
import net.insightpulseai.bridge.subscriber.Subscriber.Format;
import net.insightpulseai.bridge.tracecontext.TraceContext;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records as the Kafka protocol binding of CloudEvents 1.0 has them, in binary content mode. */
class CloudEventsTest extends SharedKafkaFixture {

  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private final TestKafka kafka = TestKafka.shared();

  @ParameterizedTest
  @ValueSource(strings = {"deliveries", "stream"})
  void theAttributesAreHeadersBesideTheSameValue(String mode) throws Exception {
    String topic = kafka.topic(1);
    subscribe(topic, ",\"mode\":\"" + mode + "\",\"format\":\"cloudevents\"");
    long id =
        jdbc()
            .queryForObject(
                "insert into public.audit_event (source, event_type, resource_id, payload, meta)"
                    + " values ('odoo', 'res.partner.updated', '42', '{\"name\": \"Zoë\"}',"
                    + " jsonb_build_object('traceparent', ?::text, 'tracestate', 'a=1')) returning id",
                Long.class,
                TRACE);

    ConsumerRecord<String, String> record = kafka.read(topic, 1).get(0);

    String correlation =
        text("select correlation_id::text from public.audit_event where id = ?", id);
    Instant created =
        jdbc()
            .queryForObject(
                "select created_at from public.audit_event where id = ?",
                java.time.OffsetDateTime.class,
                id)
            .toInstant();
    assertThat(record.key()).isEqualTo("res.partner:42");
    assertThat(headers(record))
        .containsEntry("content-type", "application/json")
        .containsEntry("ce_specversion", "1.0")
        .containsEntry("ce_id", "evt_" + id)
        .containsEntry("ce_source", "/odoo-supabase-bridge")
        .containsEntry("ce_type", "res.partner.updated")
        .containsEntry("ce_subject", "res.partner:42")
        .containsEntry("ce_time", created.toString())
        .containsEntry("ce_correlationid", correlation)
        .containsEntry("ce_traceparent", TRACE)
        .containsEntry("ce_tracestate", "a=1")
        .containsEntry("webhook-id", "evt_" + id)
        .hasSize(15);
    JsonNode value = ExactJson.mapper().readTree(record.value());
    assertThat(value.path("payload").path("name").asText()).isEqualTo("Zoë");
    assertThat(value.path("id").asLong()).isEqualTo(id);
    assertThat(show("lake").path("format").asText()).isEqualTo("cloudevents");
  }

  private static Map<String, String> headers(ConsumerRecord<?, ?> record) {
    Map<String, String> headers = new TreeMap<>();
    Arrays.stream(record.headers().toArray())
        .forEach(one -> headers.put(one.key(), new String(one.value(), StandardCharsets.UTF_8)));
    return headers;
  }

  @Test
  void whatIsNotKnownHasNoAttributeAndOtherFormatsHaveNone() {
    EventHeaders bare = new EventHeaders("evt_1", null, "a.b", "", null, null);
    assertThat(bare.of(Format.CLOUDEVENTS, "/x"))
        .containsOnlyKeys(
            "webhook-id",
            "event_type",
            "content-type",
            "ce_specversion",
            "ce_id",
            "ce_source",
            "ce_type");
    EventHeaders traced =
        new EventHeaders("evt_1", "c", "a.b", "a:1", Instant.EPOCH, TraceContext.read(TRACE, null));
    assertThat(traced.of(Format.FULL, "/x").keySet())
        .containsExactly("webhook-id", "correlation_id", "event_type", "traceparent");
    assertThat(traced.of(Format.CLOUDEVENTS, "/x").keySet())
        .allMatch(name -> name.matches("[a-z_-]+"));
  }

  @Test
  void onlyKafkaKnowsTheFormat() {
    assertRefused(
        create(
            "{\"name\":\"crm\",\"kind\":\"webhook\",\"url\":\"https://x.example\",\"format\":\"cloudevents\"}"),
        400,
        "invalid_format",
        "only kafka knows cloudevents");
    subscribe(kafka.topic(1), "");
    assertThat(change("lake", "{\"format\":\"cloudevents\"}").statusCode()).isEqualTo(200);
    assertThat(change("lake", "{\"format\":null}").statusCode()).isEqualTo(200);
    assertThat(show("lake").path("format").asText()).isEqualTo("full");
  }
}
