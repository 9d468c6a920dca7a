package net.insightpulseai.bridge.odoo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import net.insightpulseai.bridge.answer.Answer;
import net.insightpulseai.bridge.outbox.ClaimedRow;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a batch, split into the answers that its actions would have had alone.
 *
 * @param whole the answer as it came
 * @param results by idempotency key; a key that occurs twice is left out, as its result is unknown
 */
record BatchAnswer(Answer whole, Map<String, ObjectNode> results) {

  /** How much of it is read. */
  static final int KEPT_BYTES = OdooSettings.LARGEST_BATCH * Answer.KEPT_BYTES;

  /** Null if this is no answer to a batch; the results of all its actions are unknown then. */
  static @Nullable BatchAnswer read(Answer whole, ObjectMapper json) {
    JsonNode body;
    try {
      body = json.readTree(whole.body());
    } catch (JsonProcessingException e) {
      return null;
    }
    boolean answered = whole.status() == 200 && body.path("ok").isBoolean();
    if (!answered || !body.path("ok").booleanValue() || !body.path("results").isArray()) {
      return null;
    }
    Map<String, ObjectNode> results = new HashMap<>();
    Set<String> repeated = new HashSet<>();
    for (JsonNode one : body.path("results")) {
      if (one instanceof ObjectNode result && result.path("idempotency_key").isTextual()) {
        String key = result.path("idempotency_key").textValue();
        if (results.put(key, result) != null) {
          repeated.add(key);
        }
      }
    }
    results.keySet().removeAll(repeated);
    return new BatchAnswer(whole, results);
  }

  /** The answer to one row, in the form that a single action has; null if there is none. */
  @Nullable Answer to(ClaimedRow row) {
    ObjectNode result = results.get(row.idempotencyKey());
    if (result == null) {
      return null;
    }
    ObjectNode body = result.deepCopy();
    JsonNode status = body.remove("status");
    body.remove("idempotency_key");
    body.put("correlation_id", row.correlationId().toString());
    return Answer.of(
        status != null && status.isInt() ? status.intValue() : whole.status(),
        whole.headers(),
        body.toString().getBytes(UTF_8));
  }
}
