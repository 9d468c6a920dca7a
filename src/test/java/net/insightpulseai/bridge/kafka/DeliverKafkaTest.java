package net.insightpulseai.bridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import net.insightpulseai.bridge.TestKafka;
import net.insightpulseai.bridge.ingest.ExactJson;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

/** An event becomes one record, by a row of the queue as for every other subscriber. */
class DeliverKafkaTest extends SharedKafkaFixture {

  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private final TestKafka kafka = TestKafka.shared();

  @Test
  void anEventIsPublishedUnderItsRecordAsAWebhookWouldGetIt() throws Exception {
    String topic = kafka.topic(3);
    subscribe(topic, "");
    long id =
        jdbc()
            .queryForObject(
                "insert into public.audit_event (source, event_type, resource_id, payload, meta)"
                    + " values ('odoo', 'res.partner.updated', '42', '{\"name\": \"Zoë\", \"n\": 1.50}',"
                    + " jsonb_build_object('traceparent', ?::text)) returning id",
                Long.class,
                TRACE);

    ConsumerRecord<String, String> record = kafka.read(topic, 1).get(0);

    assertThat(record.key()).isEqualTo("res.partner:42");
    assertThat(TestKafka.header(record, "webhook-id")).isEqualTo("evt_" + id);
    assertThat(TestKafka.header(record, "event_type")).isEqualTo("res.partner.updated");
    assertThat(TestKafka.header(record, "traceparent")).isEqualTo(TRACE);
    assertThat(record.headers().toArray()).hasSize(4);
    JsonNode value = ExactJson.mapper().readTree(record.value());
    assertThat(TestKafka.header(record, "correlation_id"))
        .isEqualTo(text("select correlation_id::text from bridge.event_delivery"));
    assertThat(value)
        .isEqualTo(
            ExactJson.mapper()
                .readTree(
                    text(
                        "select bridge.event_message(e)::text from public.audit_event e where id = ?",
                        id)));
    awaitDelivered(1);
    assertThat(delivery())
        .containsEntry("response_status", 200)
        .containsEntry("attempts", 1)
        .containsEntry("response_body", topic + "-" + record.partition() + "@" + record.offset());
  }

  @Test
  void aTopicIsFilledInAndNamedAsKafkaTakesIt() {
    String name = TestKafka.newName();
    kafka.create(name + ".3.a_b.c", 1);
    subscribe(name + ".{company}.{model}", "");

    event("a b.c.done", "", "{}");

    ConsumerRecord<String, String> record = kafka.read(name + ".3.a_b.c", 1).get(0);
    assertThat(record.key()).isNull();
    assertThat(TestKafka.header(record, "event_type")).isEqualTo("a b.c.done");
    assertThat(EventRecord.topic("..")).isEqualTo("_");
    assertThat(EventRecord.topic("")).isEqualTo("_");
    assertThat(EventRecord.topic("x".repeat(300))).hasSize(249);
  }

  @Test
  void anEventThatIsTooLargeIsPublishedWithoutItsContent() {
    String topic = kafka.topic(1);
    subscribe(topic, "");
    event("big.one", "1", "{\"x\": \"" + "ä".repeat(520_000) + "\"}");
    event("big.other", "1", "{\"x\": \"" + "a".repeat(1_000_000) + "\"}");

    List<ConsumerRecord<String, String>> records = kafka.read(topic, 2);

    assertThat(records.get(0).value()).contains("\"thin\":true").doesNotContain("payload");
    assertThat(records.get(1).value()).hasSizeGreaterThan(1_000_000);
  }

  @Test
  void whatTheTopicItselfRefusesAsTooLargeIsADeadLetter() throws Exception {
    String topic = kafka.topic(1);
    limit(topic, 65_536);
    subscribe(topic, "");

    event("too.large", "1", "{\"x\": \"" + "abcdefghij".repeat(9_000) + "\"}");
    event("small.enough", "2", "{}");

    awaitText("too_large", "select reason from bridge.dead_letter");
    assertThat(kafka.read(topic, 1).get(0).key()).isEqualTo("small:2");
    assertThat(
            text(
                "select state from bridge.target where name like 'subscriber:%' union all select 'running' limit 1"))
        .isEqualTo("running");
  }

  private void limit(String topic, int bytes) throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.servers()))) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.TOPIC, topic),
                  List.of(
                      new AlterConfigOp(
                          new ConfigEntry("max.message.bytes", String.valueOf(bytes)),
                          AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
  }

  @Test
  void aTopicThatIsNotTherePausesTheSubscriberAndCostsNoAttempt() {
    String topic = TestKafka.newName();
    long id = subscribe(topic, "");
    event("res.partner.updated", "1", "{}");

    awaitText("paused", "select state from bridge.target where name = ?", "subscriber:" + id);
    assertThat(text("select reason from bridge.target where name = ?", "subscriber:" + id))
        .contains("create the topic", topic);
    awaitText("queued 0", "select status || ' ' || attempts from bridge.event_delivery");

    kafka.create(topic, 1);
    assertThat(act("lake", "resume", BY_ADA).statusCode()).isEqualTo(200);
    assertThat(kafka.read(topic, 1)).hasSize(1);
    awaitDelivered(1);
  }

  @Test
  void manyEventsOfManyRecordsKeepTheOrderOfEachRecord() {
    String topic = kafka.topic(4);
    subscribe(topic, "");
    events(1_000, 50);

    List<ConsumerRecord<String, String>> records = kafka.read(topic, 1_000);

    assertThat(distinct(records)).isEqualTo(1_000);
    assertInOrder(records);
  }

  @Test
  void aTestPublishesAPing() {
    String topic = kafka.topic(1);
    subscribe(topic, "");

    JsonNode answer = json(200, act("lake", "test", "{}"));

    assertThat(answer.path("ok").asBoolean()).as(answer.toString()).isTrue();
    assertThat(answer.path("excerpt").asText()).isEqualTo(topic + "-0@0");
    assertThat(TestKafka.header(kafka.read(topic, 1).get(0), "event_type"))
        .isEqualTo("bridge.ping");
  }

  @Test
  void aDefinitionHasTheModesAndTheTopicsOfKafka() {
    assertRefused(create(kafka("\"mode\":\"rest\"")), 400, "invalid_mode", "deliveries or stream");
    assertRefused(create(kafka("\"topic\":\"a:b\"")), 400, "invalid_topic", "{model}");
    assertRefused(create(kafka("\"url\":\"https://x.example\"")), 400, "invalid_url", "webhook");
    assertRefused(create(kafka("\"secret\":\"x\"")), 400, "invalid_secret", "only a webhook");
    assertRefused(
        create("{\"name\":\"live\",\"kind\":\"realtime\",\"mode\":\"stream\"}"),
        400,
        "invalid_mode",
        "rest, trigger or off");

    JsonNode made = json(201, create(kafka("\"format\":\"thin\"")));
    assertThat(made.path("mode").asText()).isEqualTo("deliveries");
    assertThat(made.path("topic").asText()).isEqualTo("odoo.events");
    assertRefused(change("lake", "{\"mode\":\"stream\"}"), 400, "invalid_mode", "must stay");
    assertThat(change("lake", "{\"topic\":\"odoo.{model}\"}").statusCode()).isEqualTo(200);
    assertRefused(
        act("lake", "position", "{\"from\":\"now\",\"who\":\"a\",\"why\":\"b\"}"),
        409,
        "no_position",
        "stream");
  }

  private static String kafka(String field) {
    return "{\"name\":\"lake\",\"kind\":\"kafka\"," + field + "}";
  }
}
