package net.insightpulseai.bridge.odoo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.insightpulseai.bridge.answer.Unsendable;
import net.insightpulseai.bridge.outbox.ClaimedRow;

/** The body for one action of {@code /api/agent/apply}, alone or in a batch. */
final class ApplyBody {

  private final ObjectMapper json;

  ApplyBody(ObjectMapper json) {
    this.json = json;
  }

  /**
   * Reads an action.
   *
   * @param text {@code {"action","args",…}}
   * @throws Unsendable if it has no name or no arguments, or cannot be read
   */
  JsonNode read(String text) {
    JsonNode payload;
    try {
      payload = json.readTree(text);
    } catch (JsonProcessingException e) {
      // Its message would quote the text.
      throw new Unsendable(
          "the action cannot be sent as JSON: "
              + e.getClass().getSimpleName()
              + "; numbers may have 1000 digits and nesting 500 levels");
    }
    if (!payload.path("action").isTextual()) {
      throw new Unsendable("the action has no name: a text is expected in \"action\"");
    }
    if (payload.path("args").isMissingNode()) {
      throw new Unsendable("the action has no \"args\": an object is expected");
    }
    return payload;
  }

  /** Names the action, and the attempt it belongs to. */
  ObjectNode of(JsonNode payload, ClaimedRow row) {
    ObjectNode body = json.createObjectNode();
    body.set("action", payload.path("action"));
    body.set("args", payload.path("args"));
    body.put("idempotency_key", row.idempotencyKey());
    body.put("correlation_id", row.correlationId().toString());
    return body.put("hop", row.hop() + 1);
  }
}
