package net.insightpulseai.bridge.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Events for tests, made by the reader itself. */
final class Events {

  private static final ObjectMapper JSON = ExactJson.mapper();
  private static final EventReader READER = new EventReader(JSON);

  private Events() {}

  static Event event(String json) {
    try {
      return READER.read(JSON.readTree(json), "odoo", null);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
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
