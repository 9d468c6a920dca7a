package net.insightpulseai.bridge.fanout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import net.insightpulseai.bridge.answer.Unsendable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** What an event is about, without what is in it: the receiver fetches that by id. */
@Component
class ThinForm {

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

  ThinForm(@Qualifier("exactJson") ObjectMapper json) {
    this.json = json;
  }

  /**
   * The thin form of an event.
   *
   * @param event as {@code bridge.event_message} makes it
   */
  byte[] of(String event) {
    try {
      JsonNode full = json.readTree(event);
      ObjectNode thin = json.createObjectNode();
      for (String field : KEPT) {
        if (full.has(field)) {
          thin.set(field, full.get(field));
        }
      }
      return json.writeValueAsBytes(thin.put("thin", true));
    } catch (JsonProcessingException e) {
      // Its message would repeat the text.
      throw new Unsendable("the event cannot be read as JSON: " + e.getClass().getSimpleName());
    }
  }
}
