package net.insightpulseai.bridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.search.MeterNotFoundException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import net.insightpulseai.bridge.TestKafka;
import net.insightpulseai.bridge.ingest.ExactJson;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Events are published without a row for each, from a position on. */
class StreamTest extends SharedKafkaFixture {

  private static final String STREAM = ",\"mode\":\"stream\"";

  private final TestKafka kafka = TestKafka.shared();

  @Autowired private MeterRegistry meters;

  @Test
  void whatIsStoredFromThenOnIsPublishedWithoutADelivery() throws Exception {
    event("a.before", "1", "{}");
    String topic = kafka.topic(3);
    subscribe(topic, STREAM);
    long id = event("res.partner.updated", "42", "{\"n\": 1.50}");
    event("res.partner.updated", "", "{}");

    List<ConsumerRecord<String, String>> records = kafka.read(topic, 2);

    ConsumerRecord<String, String> record =
        records.stream().filter(one -> id(one) == id).findFirst().orElseThrow();
    assertThat(records).hasSize(2);
    assertThat(record.key()).isEqualTo("res.partner:42");
    assertThat(TestKafka.header(record, "event_type")).isEqualTo("res.partner.updated");
    assertThat(ExactJson.mapper().readTree(record.value()))
        .isEqualTo(
            ExactJson.mapper()
                .readTree(
                    text(
                        "select bridge.event_message(e)::text from public.audit_event e where id = ?",
                        id)));
    assertThat(text("select count(*) from bridge.event_delivery")).isEqualTo("0");
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(explained(id, "state")).isEqualTo("published"));
    assertThat(show("lake").path("open").asInt()).isZero();
    assertThat(show("lake").path("mode").asText()).isEqualTo("stream");
  }

  private String explained(long event, String column) {
    return text(
        "select " + column + " from bridge.explain(?, interval '7 days') where subscriber = 'lake'",
        event);
  }

  @Test
  void onlyWhatTheSubscriberAsksForIsPublished() {
    String topic = kafka.topic(1);
    subscribe(topic, STREAM + ",\"event_types\":[\"sale.*\"],\"format\":\"thin\"");
    events(300, 5);
    long wanted = event("sale.order.confirmed", "7", "{\"x\": 1}");

    List<ConsumerRecord<String, String>> records = kafka.read(topic, 1);

    assertThat(records).hasSize(1);
    assertThat(id(records.get(0))).isEqualTo(wanted);
    assertThat(records.get(0).value()).contains("\"thin\"").doesNotContain("payload");
  }

  @Test
  void aTransactionThatCommitsLateIsNotPassedOver() throws SQLException {
    String topic = kafka.topic(1);
    subscribe(topic, STREAM);
    long late;
    try (Connection slow = database().dataSource().getConnection();
        Statement statement = slow.createStatement()) {
      slow.setAutoCommit(false);
      statement.execute(
          "insert into public.audit_event (source, event_type, resource_id) values ('odoo', 'x.late', '1')");
      event("x.early", "1", "{}");
      await()
          .pollDelay(Duration.ofSeconds(2))
          .untilAsserted(() -> assertThat(show("lake").path("open").asInt()).isEqualTo(1));
      slow.commit();
    }

    List<ConsumerRecord<String, String>> records = kafka.read(topic, 2);

    assertThat(records)
        .extracting(one -> TestKafka.header(one, "event_type"))
        .containsExactly("x.late", "x.early");
  }

  @Test
  void aStreamIsMovedBackAndOnward() {
    String topic = kafka.topic(1);
    events(10, 3);
    subscribe(topic, STREAM);
    long eleventh = event("x.y", "1", "{}");
    kafka.read(topic, 1);

    move("\"beginning\"");
    List<ConsumerRecord<String, String>> again = kafka.read(topic, all -> distinct(all) == 11);
    assertInOrder(again);

    int before = again.size();
    move(String.valueOf(eleventh));
    assertThat(kafka.read(topic, before + 1).subList(before, before + 1))
        .allMatch(one -> id(one) == eleventh);
    assertThat(audit())
        .extracting(one -> one.get("event_type"))
        .filteredOn("bridge.subscriber.moved"::equals)
        .hasSize(2);
    assertRefused(
        act("lake", "position", "{\"from\":\"yesterday\",\"who\":\"a\",\"why\":\"b\"}"),
        400,
        "invalid_from",
        "beginning, now");
  }

  private void move(String to) {
    JsonNode moved =
        json(
            200,
            act("lake", "position", "{\"from\":" + to + ",\"who\":\"ada\",\"why\":\"a test\"}"));
    assertThat(moved.path("position").asText()).isNotEmpty();
  }

  @Test
  void aPauseHoldsTheStreamAndLosesNothing() {
    String topic = kafka.topic(1);
    subscribe(topic, STREAM);
    event("x.first", "1", "{}");
    kafka.read(topic, 1);

    assertThat(act("lake", "pause", BY_ADA).statusCode()).isEqualTo(200);
    awaitText("0", "select count(*) from bridge.stream_lease where held_by is not null");
    long waiting = event("x.second", "1", "{}");
    assertThat(explained(waiting, "state")).isEqualTo("waiting");
    assertThat(show("lake").path("open").asInt()).isEqualTo(1);

    assertThat(act("lake", "resume", BY_ADA).statusCode()).isEqualTo(200);
    assertThat(kafka.read(topic, 2)).hasSize(2);
  }

  @Test
  void aTopicThatIsNotTherePausesTheStreamAndNothingIsLeftOut() {
    String topic = TestKafka.newName();
    long id = subscribe(topic, STREAM);
    event("x.y", "1", "{}");

    awaitText("paused", "select state from bridge.target where name = ?", "subscriber:" + id);
    assertThat(text("select reason from bridge.target where name = ?", "subscriber:" + id))
        .contains("create the topic", topic);
    kafka.create(topic, 1);
    assertThat(act("lake", "resume", BY_ADA).statusCode()).isEqualTo(200);

    assertThat(kafka.read(topic, 1)).hasSize(1);
  }

  @Test
  void howFarAStreamIsBehindIsMeasured() {
    subscribe(kafka.topic(1), STREAM);
    assertThat(act("lake", "pause", BY_ADA).statusCode()).isEqualTo(200);
    events(3, 1);

    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreException(MeterNotFoundException.class)
        .untilAsserted(
            () ->
                assertThat(
                        meters
                            .get("bridge.kafka.stream.behind")
                            .tag("subscriber", "lake")
                            .gauge()
                            .value())
                    .isGreaterThanOrEqualTo(3));
    assertThat(meters.get("bridge.kafka.stream.age").tag("subscriber", "lake").gauge().value())
        .isPositive();
  }

  @Test
  void manyEventsKeepTheOrderOfEachRecord() {
    String topic = kafka.topic(4);
    subscribe(topic, STREAM);
    events(5_000, 100);

    List<ConsumerRecord<String, String>> records = kafka.read(topic, 5_000);

    assertThat(distinct(records)).isEqualTo(5_000);
    assertInOrder(records);
  }
}
