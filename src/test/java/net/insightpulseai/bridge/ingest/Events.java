package net.insightpulseai.bridge.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import net.insightpulseai.bridge.signature.Audience;

/** Events for tests, made by the reader itself. */
final class Events {

  private static final ObjectMapper JSON = ExactJson.mapper();
  private static final EventReader READER = new EventReader(JSON);

  private Events() {}

  static Event event(String json) {
    try {
      return READER.read(JSON.readTree(json), "odoo", null, null);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** What gives events without an id one. */
  static UnkeyedEvents unkeyed(Duration window) {
    return new UnkeyedEvents(new IngestSettings(1, 1, window));
  }

  /** An event as a request of its own has it, with the time of the setting. */
  static Event alone(String json, Duration window) {
    return new ReadEvent(JSON, READER, unkeyed(window))
        .read(json.getBytes(UTF_8), "odoo", Audience.INGEST, null, null)
        .events()
        .get(0);
  }

  static Event withId(String id) {
    return withId(id, "1");
  }

  static Event withId(String id, String payload) {
    return event(
        "{\"event_type\":\"test.happened\",\"event_id\":\""
            + id
            + "\",\"payload\":"
            + payload
            + "}");
  }
}
