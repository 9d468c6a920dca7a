package net.insightpulseai.bridge.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * An event's message without its content, for subscribers that want or can take no more; they fetch
 * the content by the event's id. The function {@code bridge.thin_message} makes the same.
 */
@Component
public class ThinMessage {

  private static final List<String> KEPT =
      List.of(
          "id",
          "event_id",
          "event_type",
          "source",
          "resource_id",
          "correlation_id",
          "created_at",
          "origin");

  private final ObjectMapper json;

  ThinMessage(@Qualifier("exactJson") ObjectMapper json) {
    this.json = json;
  }

  /** The thin form of a message that {@code bridge.event_message} made. */
  public String of(String message) throws JsonProcessingException {
    JsonNode full = json.readTree(message);
    ObjectNode thin = json.createObjectNode();
    for (String name : KEPT) {
      if (full.has(name)) {
        thin.set(name, full.get(name));
      }
    }
    return json.writeValueAsString(thin.put("thin", true));
  }
}
