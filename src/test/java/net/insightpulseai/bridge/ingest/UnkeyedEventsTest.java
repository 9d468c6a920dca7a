package net.insightpulseai.bridge.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.insightpulseai.bridge.signature.Audience;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an event without an id is recognized by. */
class UnkeyedEventsTest {

  private static final Duration OFF = Duration.ZERO;
  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final String TICK = "{\"event_type\":\"a.b\",\"payload\":{\"qty\":1}}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"event_type\":\"a.b\",\"occurred_at\":\"2026-11-29T10:00:00Z\"}",
        "{\"event_type\":\"a.b\",\"occurred_at\":\"2026-11-29 10:00:00\"}",
        "{\"event_type\":\"a.b\",\"seq\":7,\"db_uuid\":\"d\"}",
        "{\"event_type\":\"a.b\",\"timestamp\":1796000000.25}"
      })
  void whatSaysWhenItHappenedIsTheSameForAsLongAsAnyKey(String body) {
    for (Duration setting : List.of(OFF, WINDOW)) {
      Event event = Events.alone(body, setting);
      assertThat(event.eventId()).matches("body:[0-9a-f]{64}");
      assertThat(event.repeatWithin()).isNull();
      assertThat(event.meta()).as("it is no id of the sender").isNull();
      assertThat(Events.alone(body + " ", setting).eventId())
          .as("other bytes")
          .isNotEqualTo(event.eventId());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        TICK,
        "{\"event_type\":\"a.b\",\"timestamp\":\"now\"}",
        "{\"event_type\":\"a.b\",\"payload\":{\"occurred_at\":\"2026-11-29T10:00:00Z\"}}"
      })
  void whatDoesNotSayWhenIsAnEventEachTimeUnlessTheSettingSaysOtherwise(String body) {
    assertThat(Events.alone(body, OFF).eventId()).isNull();
    Event event = Events.alone(body, WINDOW);
    assertThat(event.eventId()).matches("body:[0-9a-f]{64}");
    assertThat(event.repeatWithin()).isEqualTo(WINDOW);
  }

  @Test
  void anIdOfTheSendersCountsAlone() {
    Event event = Events.alone("{\"event_type\":\"a.b\",\"event_id\":\"e1\",\"seq\":1}", WINDOW);
    assertThat(event.eventId()).isEqualTo("e1");
    assertThat(event.repeatWithin()).isNull();
  }

  @Test
  void equalEventsOfOnePackAreTwoAndThePackIsRecognized() {
    String pack = "{\"events\":[" + TICK + "," + TICK + "]}";
    List<String> ids = packed(pack);
    assertThat(ids).doesNotHaveDuplicates().hasSize(2).isEqualTo(packed(pack));
    assertThat(ids.get(0)).endsWith("#0");
  }

  private static List<String> packed(String pack) {
    return new ReadEvent(
            ExactJson.mapper(), new EventReader(ExactJson.mapper()), Events.unkeyed(WINDOW))
        .read(pack.getBytes(UTF_8), "odoo", Audience.INGEST, null, null).events().stream()
            .map(Event::eventId)
            .toList();
  }
}
