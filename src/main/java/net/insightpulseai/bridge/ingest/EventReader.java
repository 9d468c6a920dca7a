package net.insightpulseai.bridge.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.http.Refusal;
import net.insightpulseai.bridge.tracecontext.TraceContext;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Reads an {@link Event} from JSON. Unknown fields are ignored, and so is {@code audience}, which
 * belongs to the request and not to the event.
 *
 * <p>An event that the bridge itself caused has an {@code origin}. Unless the event has a
 * correlation id of its own, it takes the one of its cause, so that one trace shows the action and
 * its effects; {@code causation_id} always keeps the cause's.
 */
@Component
class EventReader {

  /** The hop limit ends a loop long before; this only keeps a sender's value within its column. */
  private static final int MAX_HOP = 99;

  /** Its times have no offset and are in UTC. */
  private static final String ODOO = "odoo";

  // What a subscriber's pattern can name: words with dots between them.
  private static final Pattern TYPE =
      Pattern.compile("[^\\p{IsWhite_Space}*.]+(\\.[^\\p{IsWhite_Space}*.]+)*");

  private static final String OWN_TYPES = "bridge.";

  /** Sent by {@code make bridge-ingest-test}; like all of bridge.*, delivered only on request. */
  private static final String TEST_TYPE = "bridge.test";

  /** Odoo's answer to the heartbeat. */
  private static final String HEARTBEAT_TYPE = "bridge.heartbeat";

  private final ObjectMapper json;
  private final BodyHash hash;

  EventReader(@Qualifier("exactJson") ObjectMapper json) {
    this.json = json;
    this.hash = new BodyHash(json);
  }

  /**
   * Reads one event.
   *
   * @param body any JSON
   * @param source the sender
   * @param signedId the id that the request's signature covers; the body's own comes first
   * @param trace what the request was caused from
   * @throws Refusal 400 with what is wrong
   */
  Event read(
      JsonNode body, String source, @Nullable String signedId, @Nullable TraceContext trace) {
    if (!body.isObject()) {
      throw EventFields.invalid("event", "a JSON object", body);
    }
    EventFields fields = new EventFields(body);
    String eventType = eventType(fields, source);
    JsonNode originNode = fields.object("origin");
    EventFields origin = new EventFields(originNode == null ? json.createObjectNode() : originNode);
    UUID cause = origin.uuid("correlation_id");
    UUID correlationId = fields.uuid("correlation_id");
    if (correlationId == null) {
      correlationId = cause == null ? TimeOrderedUuid.next() : cause;
    }
    String bodyId = fields.text("event_id");
    String eventId = bodyId == null ? signedId : bodyId;
    return new Event(
        source,
        eventId,
        eventType,
        resourceId(fields),
        payload(fields),
        correlationId,
        fields.time("occurred_at", source.equals(ODOO) ? ZoneOffset.UTC : null),
        fields.text("db_uuid"),
        fields.integer("seq"),
        cause == null ? null : cause.toString(),
        hop(origin),
        meta(fields, eventId, originNode, trace),
        null,
        hash.of(body));
  }

  private static boolean allowed(String ownType, String source) {
    return ownType.equals(TEST_TYPE) || (ownType.equals(HEARTBEAT_TYPE) && source.equals(ODOO));
  }

  private static String eventType(EventFields fields, String source) {
    JsonNode value = fields.any("event_type");
    if (value == null || (value.isTextual() && value.textValue().isEmpty())) {
      throw new Refusal(400, "missing_event_type", "Missing event_type");
    }
    String type = fields.text("event_type");
    if (type == null || (type.startsWith(OWN_TYPES) && !allowed(type, source))) {
      throw new Refusal(
          400,
          "reserved_event_type",
          "event_type must not begin with bridge., which is reserved for events of the bridge itself");
    }
    if (!TYPE.matcher(type).matches()) {
      throw EventFields.invalid(
          "event_type",
          "words with dots between them, such as res.partner.updated, without spaces and *, as no"
              + " subscriber could ask for it",
          value);
    }
    return type;
  }

  private String resourceId(EventFields fields) {
    JsonNode value = fields.any("resource_id");
    if (value == null) {
      return "";
    }
    String text = value.isContainerNode() ? text(value) : value.asText();
    if (!EventFields.isUnicode(text)) {
      throw EventFields.invalid("resource_id", "valid Unicode", value);
    }
    return text;
  }

  private String payload(EventFields fields) {
    JsonNode value = fields.any("payload");
    return value == null ? "{}" : text(value);
  }

  private static int hop(EventFields origin) {
    Long hop = origin.integer("hop");
    return hop == null ? 0 : (int) Math.max(0, Math.min(hop, MAX_HOP));
  }

  private @Nullable String meta(
      EventFields fields,
      @Nullable String eventId,
      @Nullable JsonNode origin,
      @Nullable TraceContext trace) {
    ObjectNode meta = json.createObjectNode();
    if (eventId != null) {
      meta.put("event_id", eventId);
    }
    JsonNode changed = fields.any("changed");
    if (changed != null) {
      meta.set("changed", changed);
    }
    putInteger(meta, fields, "company_id");
    putInteger(meta, fields, "uid");
    JsonNode transaction = transaction(fields);
    if (transaction != null) {
      meta.set("tx", transaction);
    }
    if (isThin(fields)) {
      meta.put("thin", true);
    }
    if (origin != null) {
      meta.set("origin", origin);
    }
    if (trace != null) {
      meta.put(TraceContext.TRACEPARENT, trace.traceparent());
      if (trace.tracestate() != null) {
        meta.put(TraceContext.TRACESTATE, trace.tracestate());
      }
    }
    return meta.isEmpty() ? null : text(meta);
  }

  /** The id of the sender's transaction: the same in all events of one transaction. */
  private static @Nullable JsonNode transaction(EventFields fields) {
    JsonNode value = fields.any("tx");
    if (value != null && !value.isIntegralNumber()) {
      fields.text("tx");
    }
    return value;
  }

  /** The sender left the payload out, because it was too large. */
  private static boolean isThin(EventFields fields) {
    JsonNode value = fields.any("thin");
    if (value != null && !value.isBoolean()) {
      throw EventFields.invalid("thin", "true or false", value);
    }
    return value != null && value.booleanValue();
  }

  private static void putInteger(ObjectNode meta, EventFields fields, String name) {
    JsonNode value = fields.any(name);
    // Odoo sends false for a record that is not set.
    if (value != null && !(value.isBoolean() && !value.booleanValue())) {
      meta.put(name, fields.integer(name));
    }
  }

  /**
   * By way of bytes, because Jackson writes characters outside the basic plane as escapes there.
   */
  private String text(JsonNode node) {
    try {
      return new String(json.writeValueAsBytes(node), UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a parsed document cannot be written", e);
    }
  }
}
