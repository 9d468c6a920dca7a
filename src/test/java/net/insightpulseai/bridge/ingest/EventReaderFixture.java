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
    try {
      return reader.read(ExactJson.mapper().readTree(body), "odoo", signedId);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  Refusal refusalOf(String body) {
    return catchThrowableOfType(Refusal.class, () -> read(body));
  }
}
