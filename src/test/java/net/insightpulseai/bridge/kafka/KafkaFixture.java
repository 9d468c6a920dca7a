package net.insightpulseai.bridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.insightpulseai.bridge.TestKafka;
import net.insightpulseai.bridge.subscriber.SubscriberTest;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;

/** What tests of a bridge with a broker have in common. */
abstract class KafkaFixture extends SubscriberTest {

  /** The next test has other subscribers with the same ids. */
  @AfterEach
  final void endStreams() {
    jdbc()
        .update(
            "insert into bridge.target (name, state) select 'subscriber:' || id, 'paused' from bridge.subscriber"
                + " on conflict (name) do update set state = 'paused'");
    awaitText("0", "select count(*) from bridge.stream_lease where held_by is not null");
  }

  /** A subscriber to all events; gives its id. */
  final long subscribe(String topic, String more) {
    return json(
            201,
            create(
                "{\"name\":\"lake\",\"kind\":\"kafka\",\"topic\":\"%s\"%s}".formatted(topic, more)))
        .path("id")
        .asLong();
  }

  /** Stores an event of a record; gives its number. */
  final long event(String type, String record, String payload) {
    return jdbc()
        .queryForObject(
            "insert into public.audit_event (source, event_type, resource_id, payload, meta)"
                + " values ('odoo', ?, ?, ?::jsonb, '{\"company_id\": 3}') returning id",
            Long.class,
            type,
            record,
            payload);
  }

  /** Stores so many events, of this many records in turn. */
  final void events(int count, int records) {
    jdbc()
        .update(
            "insert into public.audit_event (source, event_type, resource_id, payload)"
                + " select 'odoo', 'res.partner.updated', n % ?, jsonb_build_object('n', n)"
                + " from generate_series(1, ?) n",
            records, count);
  }

  /** The number of an event that a record carries. */
  static long id(ConsumerRecord<String, String> record) {
    return Long.parseLong(TestKafka.header(record, EventHeaders.ID).substring("evt_".length()));
  }

  /** The distinct numbers of events, of each key in the order in which they came first. */
  static Map<String, List<Long>> byKey(List<ConsumerRecord<String, String>> records) {
    Map<String, Set<Long>> seen = new LinkedHashMap<>();
    records.forEach(
        one -> seen.computeIfAbsent(one.key(), key -> new LinkedHashSet<>()).add(id(one)));
    Map<String, List<Long>> lists = new LinkedHashMap<>();
    seen.forEach((key, ids) -> lists.put(key, new ArrayList<>(ids)));
    return lists;
  }

  /** No key has one event before an earlier one, repetitions aside. */
  static void assertInOrder(List<ConsumerRecord<String, String>> records) {
    assertThat(byKey(records).values()).allSatisfy(ids -> assertThat(ids).isSorted());
  }

  static long distinct(List<ConsumerRecord<String, String>> records) {
    return records.stream().map(KafkaFixture::id).distinct().count();
  }

  final void awaitText(String expected, String query, Object... arguments) {
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(
            () ->
                assertThat(jdbc().queryForList(query, String.class, arguments))
                    .containsExactly(expected));
  }
}
