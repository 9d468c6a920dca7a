package net.insightpulseai.bridge.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The records of a company, in memory. Each contact and each invoice exists as soon as it is named;
 * the invoices 1900 to 1999 are cancelled, so that something can be refused. What was named long
 * ago is forgotten. Not thread-safe.
 */
final class SimulatedWorld {

  /** The actions it supports; like that of the module, the list is closed. */
  static final List<String> ACTIONS =
      List.of("account.move.post", "bridge.ping", "res.partner.update");

  private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,9}");
  private static final Set<String> PARTNER_FIELDS =
      Set.of("name", "email", "phone", "street", "city", "zip", "ref", "comment");
  private static final int LONGEST_TEXT = 1000;
  private static final int MOST_RECORDS = 10_000;
  private static final int FIRST_CANCELLED = 1900;
  private static final int LAST_CANCELLED = 1999;

  private final JsonNodeFactory json = JsonNodeFactory.instance;
  private final Map<Integer, ObjectNode> partners = forgetful();
  private final Map<Integer, Boolean> posted = forgetful();

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
    values
        .properties()
        .forEach(
            field ->
                partner.set(
                    field.getKey(),
                    field.getValue().isBoolean() ? json.nullNode() : field.getValue()));
    partners.put(id, partner);
    return json.objectNode().put("id", id);
  }

  private ObjectNode postMove(int id) {
    if (id >= FIRST_CANCELLED && id <= LAST_CANCELLED) {
      throw new SimulatedRefusal(422, "user_error", "The entry must be in draft");
    }
    boolean already = posted.put(id, true) != null;
    ObjectNode move = json.objectNode().put("id", id);
    move.put("name", "INV/2026/%05d".formatted(id)).put("state", "posted");
    return already ? move.put("already_applied", true) : move;
  }

  /** A number, or its digits as text, as the module takes it. */
  private static int id(JsonNode args) {
    JsonNode id = args.path("id");
    String digits = id.isTextual() || id.isIntegralNumber() ? id.asText() : "";
    if (!ID.matcher(digits).matches() || Long.parseLong(digits) > Integer.MAX_VALUE) {
      throw new SimulatedRefusal(400, "bad_request", "args.id: expected a record ID");
    }
    return Integer.parseInt(digits);
  }

  private static void check(String field, JsonNode value) {
    if (!PARTNER_FIELDS.contains(field)) {
      throw invalid("args.values." + field + ": the field is not allowed");
    }
    boolean empty = value.isNull() || (value.isBoolean() && !value.booleanValue());
    if (!empty && (!value.isTextual() || value.textValue().length() > LONGEST_TEXT)) {
      throw invalid("args.values." + field + ": expected a string of at most 1000 characters");
    }
  }

  private static SimulatedRefusal invalid(String message) {
    return new SimulatedRefusal(422, "validation_error", message);
  }

  private static <V> Map<Integer, V> forgetful() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<Integer, V> eldest) {
        return size() > MOST_RECORDS;
      }
    };
  }
}
