package net.insightpulseai.bridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import net.insightpulseai.bridge.TestKafka;
import org.junit.jupiter.api.Test;

/** Where a subscriber that reads by itself begins, as it is created. */
class StreamStartTest extends SharedKafkaFixture {

  private final TestKafka kafka = TestKafka.shared();

  @Test
  void aStreamBeginsWhereItIsTold() {
    List<Long> stored = List.of(event("a.b", "1", "{}"), event("a.b", "1", "{}"));
    String all = kafka.topic(1);
    subscribe(all, ",\"mode\":\"stream\",\"start\":\"beginning\"");
    String some = kafka.topic(1);
    json(201, create(stream("some", some, stored.get(1).toString())));
    String none = kafka.topic(1);
    json(201, create(stream("none", none, "\"now\"")));

    long later = event("a.b", "1", "{}");

    assertThat(ids(all, 3)).containsExactly(stored.get(0), stored.get(1), later);
    assertThat(ids(some, 2)).containsExactly(stored.get(1), later);
    assertThat(ids(none, 1)).containsExactly(later);
    assertThat(text("select count(*) from bridge.subscriber_position")).isEqualTo("3");
  }

  private static String stream(String name, String topic, String start) {
    return "{\"name\":\"%s\",\"kind\":\"kafka\",\"mode\":\"stream\",\"topic\":\"%s\",\"start\":%s}"
        .formatted(name, topic, start);
  }

  private List<Long> ids(String topic, int count) {
    return kafka.read(topic, count).stream()
        .filter(one -> TestKafka.header(one, "event_type").equals("a.b"))
        .map(KafkaFixture::id)
        .toList();
  }

  @Test
  void aPullSubscriberTooBeginsWhereItIsTold() {
    long first = event("a.b", "1", "{}");
    json(
        201,
        create(
            "{\"name\":\"nightly\",\"kind\":\"pull\",\"event_types\":[\"a.*\"],\"start\":\"beginning\"}"));

    JsonNode fetched = json(200, ask("GET", SUBSCRIBERS + "/nightly/events", ""));

    assertThat(fetched.path("events").findValuesAsText("id")).contains(String.valueOf(first));
  }

  @Test
  void aWrongStartIsRefusedAndNothingIsCreated() {
    assertRefused(
        create(stream("lake", "t", "\"yesterday\"")), 400, "invalid_start", "beginning, now");
    assertRefused(create(stream("lake", "t", "0")), 400, "invalid_start", "id of the first event");
    assertRefused(
        create("{\"name\":\"lake\",\"kind\":\"kafka\",\"start\":\"now\"}"),
        400,
        "invalid_start",
        "only a pull subscriber and a stream");
    assertThat(text("select count(*) from bridge.subscriber")).isEqualTo("0");
  }
}
