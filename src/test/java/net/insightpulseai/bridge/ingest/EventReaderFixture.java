package net.insightpulseai.bridge.ingest;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import net.insightpulseai.bridge.http.Refusal;

abstract class EventReaderFixture {

  private final EventReader reader = new EventReader(ExactJson.mapper());

  Event read(String body) {
    return read(body, null);
  }

  Event read(String body, String signedId) {
    return read(body, "odoo", signedId);
  }

  Event readFrom(String source, String body) {
    return read(body, source, null);
  }

  private Event read(String body, String source, String signedId) {
    try {
      return reader.read(ExactJson.mapper().readTree(body), source, signedId, null);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  Refusal refusalOf(String body) {
    return catchThrowableOfType(Refusal.class, () -> read(body));
  }
}
