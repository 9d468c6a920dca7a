package net.insightpulseai.bridge.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The records of a small company, in memory: partners 1 to 99, draft invoices 1000 to 1899,
 * cancelled invoices 1900 to 1999. Not thread-safe.
 */
final class SimulatedWorld {

  /** The actions it supports; like that of the module, the list is closed. */
  static final List<String> ACTIONS =
      List.of("account.move.post", "bridge.ping", "res.partner.update");

  private static final Set<String> PARTNER_FIELDS =
      Set.of("name", "email", "phone", "street", "city", "zip", "ref", "comment");
  private static final int LONGEST_TEXT = 1000;

  private final JsonNodeFactory json = JsonNodeFactory.instance;
  private final Map<Integer, ObjectNode> partners = new HashMap<>();
  private final Set<Integer> posted = new HashSet<>();

  /**
   * Performs an action.
   *
   * @return the result of the action
   * @throws SimulatedRefusal for what the module refuses, too; then nothing has changed
   */
  ObjectNode perform(String action, JsonNode args) {
    return switch (action) {
      case "bridge.ping" -> json.objectNode().put("pong", true);
      case "res.partner.update" ->
          updatePartner(id(args), args.path("values"), args.path("expect"));
      case "account.move.post" -> postMove(id(args));
      default ->
          throw new SimulatedRefusal(
              422, "unknown_action", "Unknown action; known are " + String.join(", ", ACTIONS));
    };
  }

  private ObjectNode updatePartner(int id, JsonNode values, JsonNode expect) {
    if (id < 1 || id > 99) {
      throw missing("res.partner", id);
    }
    if (!values.isObject() || values.isEmpty()) {
      throw invalid("args.values: expected an object with the fields to set");
    }
    values.properties().forEach(field -> check(field.getKey(), field.getValue()));
    ObjectNode partner = partners.getOrDefault(id, json.objectNode().put("name", "Partner " + id));
    for (Map.Entry<String, JsonNode> old : expect.properties()) {
      if (!old.getValue().equals(partner.path(old.getKey()))) {
        throw new SimulatedRefusal(409, "stale", old.getKey() + " has another value now");
      }
    }
    values.properties().forEach(field -> partner.set(field.getKey(), field.getValue()));
    partners.put(id, partner);
    return json.objectNode().put("id", id);
  }

  private ObjectNode postMove(int id) {
    if (id < 1000 || id > 1999) {
      throw missing("account.move", id);
    }
    if (id >= 1900) {
      throw new SimulatedRefusal(422, "user_error", "The entry must be in draft");
    }
    boolean already = !posted.add(id);
    ObjectNode move = json.objectNode().put("id", id);
    move.put("name", "INV/2026/%05d".formatted(id)).put("state", "posted");
    return already ? move.put("already_applied", true) : move;
  }

  private static int id(JsonNode args) {
    JsonNode id = args.path("id");
    if (!id.canConvertToInt() || !id.isIntegralNumber()) {
      throw invalid("args.id: expected a record ID");
    }
    return id.intValue();
  }

  private static void check(String field, JsonNode value) {
    if (!PARTNER_FIELDS.contains(field)) {
      throw invalid("args.values." + field + ": the field is not allowed");
    }
    if (!value.isTextual() || value.textValue().length() > LONGEST_TEXT) {
      throw invalid("args.values." + field + ": expected a string of at most 1000 characters");
    }
  }

  private static SimulatedRefusal missing(String model, int id) {
    return new SimulatedRefusal(404, "record_missing", model + " " + id + " does not exist");
  }

  private static SimulatedRefusal invalid(String message) {
    return new SimulatedRefusal(422, "validation_error", message);
  }
}
