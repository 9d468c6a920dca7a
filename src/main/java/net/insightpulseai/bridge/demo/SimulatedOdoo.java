package net.insightpulseai.bridge.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import net.insightpulseai.bridge.http.ClientRequest;
import net.insightpulseai.bridge.signature.Audience;
import org.apache.camel.Exchange;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * A simulated Odoo with the module ip_event_bus, for trials. It accepts, refuses and answers as the
 * module does, but its records are in memory and end with the process.
 */
@Component("simulatedOdoo")
public class SimulatedOdoo {

  /** The same at each start, like that of a real database, so that the pairing persists. */
  private static final UUID DATABASE =
      UUID.nameUUIDFromBytes("simulated-odoo".getBytes(StandardCharsets.US_ASCII));

  private final SimulatedWorld world = new SimulatedWorld();
  private final SimulatedReceipts actions = new SimulatedReceipts();
  private final SimulatedReceipts events = new SimulatedReceipts();
  private final SimulatedGuard guard;
  private final SimulatedHeartbeat heartbeat;
  private final ObjectMapper json;
  private final ObjectMapper canonical;

  SimulatedOdoo(
      SimulatedGuard guard,
      SimulatedHeartbeat heartbeat,
      @Qualifier("exactJson") ObjectMapper json) {
    this.guard = guard;
    this.heartbeat = heartbeat;
    this.json = json;
    this.canonical = json.copy().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
  }

  /** {@code POST /api/agent/apply}: one action, or several as {@code {"actions":[…]}}. */
  public void apply(Exchange exchange) {
    answer(
        exchange,
        () -> {
          JsonNode body = signed(exchange, Audience.ODOO_APPLY);
          return body.has("actions")
              ? SimulatedBatch.apply(body.get("actions"), this::applied)
              : applied(body);
        });
  }

  private ObjectNode applied(JsonNode action) {
    SimulatedReceipts.Applied applied = applyOnce(action);
    heartbeat.answer(action);
    ObjectNode answer = SimulatedRefusal.contract(true, applied.replayed() ? "replayed" : "ok", "");
    answer.set("correlation_id", action.get("correlation_id"));
    answer.set("result", applied.result());
    return answer.put("replayed", applied.replayed());
  }

  /** {@code POST /api/agent/event_push}. */
  public void receiveEvent(Exchange exchange) {
    answer(
        exchange,
        () -> {
          JsonNode body = signed(exchange, Audience.ODOO_EVENT_PUSH);
          String id = text(body, "event_id");
          ObjectNode nothing = json.createObjectNode();
          boolean duplicate = events.once(id, text(body, "event_type"), () -> nothing).replayed();
          if (!duplicate) {
            exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 202);
          }
          return SimulatedRefusal.contract(true, "ok", "").put("duplicate", duplicate);
        });
  }

  /** {@code GET /api/agent/info}. */
  public void info(Exchange exchange) {
    answer(
        exchange,
        () -> {
          guard.requireKey(ClientRequest.of(exchange));
          ObjectNode info = json.createObjectNode();
          info.put("version", "simulated").put("db_uuid", DATABASE.toString());
          info.put("paired", true);
          ArrayNode known = info.putArray("actions");
          SimulatedWorld.ACTIONS.forEach(
              name ->
                  known
                      .addObject()
                      .put("name", name)
                      .put("batchable", SimulatedBatch.ACTIONS.contains(name)));
          info.putObject("batch")
              .put("max", SimulatedBatch.MOST)
              .put("budget_ms", SimulatedBatch.BUDGET_MS);
          return info;
        });
  }

  private JsonNode signed(Exchange exchange, String audience) {
    guard.requireKey(ClientRequest.of(exchange));
    byte[] raw = exchange.getMessage().getBody(byte[].class);
    return guard.requireSigned(ClientRequest.of(exchange), raw, audience);
  }

  /**
   * One action at a time: the records are not thread-safe, and transactions of the module would
   * conflict.
   */
  private synchronized SimulatedReceipts.Applied applyOnce(JsonNode body) {
    String action = text(body, "action");
    JsonNode args = body.path("args");
    JsonNode key = body.path("idempotency_key");
    if (!key.isTextual() || action.equals("bridge.ping")) {
      return new SimulatedReceipts.Applied(world.perform(action, args), false);
    }
    return actions.once(
        key.textValue(), canonical(action, args), () -> world.perform(action, args));
  }

  private String canonical(String action, JsonNode args) {
    try {
      Object sortable = canonical.treeToValue(args, Object.class);
      return canonical.writeValueAsString(List.of(action, sortable == null ? "" : sortable));
    } catch (JsonProcessingException e) {
      throw new SimulatedRefusal(400, "bad_request", "args cannot be read");
    }
  }

  private void answer(Exchange exchange, Supplier<ObjectNode> work) {
    ObjectNode answer;
    try {
      answer = work.get();
    } catch (SimulatedRefusal refusal) {
      exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, refusal.status());
      answer = refusal.answer();
    }
    exchange.getMessage().setBody(answer);
  }

  private static String text(JsonNode body, String key) {
    JsonNode value = body.path(key);
    if (!value.isTextual() || value.textValue().isEmpty()) {
      throw new SimulatedRefusal(400, "bad_request", key + ": expected a string");
    }
    return value.textValue();
  }
}
