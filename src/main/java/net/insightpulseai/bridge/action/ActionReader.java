package net.insightpulseai.bridge.action;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import net.insightpulseai.bridge.http.BodyFields;
import net.insightpulseai.bridge.http.Refusal;
import net.insightpulseai.bridge.signature.Audience;
import net.insightpulseai.bridge.signature.BodyTimestamp;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Reads a body of {@code push_to_odoo}: numbers stay as they were written. */
@Component
class ActionReader {

  private static final Set<String> BRIDGE_FIELDS =
      Set.of(
          "action",
          "args",
          "correlation_id",
          "idempotency_key",
          "ordering_key",
          "not_after",
          "max_attempts",
          "causation_id",
          "hop",
          "wait",
          "audience",
          "timestamp");

  private final ObjectMapper json;
  private final BodyTimestamp timestamp;

  ActionReader(@Qualifier("exactJson") ObjectMapper json, BodyTimestamp timestamp) {
    this.json = json;
    this.timestamp = timestamp;
  }

  /**
   * Reads one action.
   *
   * @param header the header {@code Idempotency-Key}
   * @param signedId the id that the caller's signature covers: the idempotency key of a body
   *     without one
   * @throws Refusal 400 with what is wrong; 401 if the body is signed for another endpoint or too
   *     long ago
   */
  ActionRequest read(byte[] body, @Nullable String header, @Nullable String signedId) {
    BodyFields fields = BodyFields.of(body, json);
    Audience.require(fields.object(), Audience.APPLY);
    timestamp.require(fields.object());
    fields.refuseSlips(BRIDGE_FIELDS);
    Map<String, @Nullable Object> columns = new HashMap<>();
    columns.put("action", action(fields));
    columns.put("args", write(fields.objectOrEmpty("args")));
    columns.put("correlation_id", fields.uuid("correlation_id"));
    String key = fields.text("idempotency_key", 200);
    columns.put("idempotency_key", IdempotencyHeader.key(key, header, signedId));
    columns.put("ordering_key", fields.text("ordering_key", 200));
    columns.put("not_after", fields.time("not_after"));
    columns.put("max_attempts", fields.whole("max_attempts", 1, 1_000));
    columns.put("causation_id", fields.text("causation_id", 200));
    Integer hop = fields.whole("hop", 0, 1_000);
    columns.put("hop", hop == null ? 0 : hop);
    ObjectNode rest = fields.without(BRIDGE_FIELDS);
    columns.put("envelope", rest.isEmpty() ? null : write(rest));
    return new ActionRequest(columns, wait(fields));
  }

  private static String action(BodyFields fields) {
    String action = fields.text("action", 200);
    if (action == null || action.isBlank()) {
      throw new Refusal(400, "missing_action", "Missing action");
    }
    if (action.startsWith("bridge.") && !action.equals("bridge.ping")) {
      throw new Refusal(
          400,
          "reserved_action",
          "Actions that begin with bridge. are reserved; only bridge.ping may be requested");
    }
    return action;
  }

  private static @Nullable Duration wait(BodyFields fields) {
    JsonNode value = fields.value("wait");
    Duration wait = value != null && value.isNumber() ? WaitFor.seconds(value.asText()) : null;
    if (value != null && wait == null) {
      throw BodyFields.bad("wait", WaitFor.EXPECTED);
    }
    return wait;
  }

  /** Through bytes, because only that refuses half a surrogate pair, as PostgreSQL does. */
  private String write(JsonNode node) {
    try {
      return new String(json.writeValueAsBytes(node), UTF_8);
    } catch (JsonProcessingException e) {
      throw new Refusal(
          400, "unstorable", "The body holds half a surrogate pair, which PostgreSQL cannot store");
    }
  }
}
