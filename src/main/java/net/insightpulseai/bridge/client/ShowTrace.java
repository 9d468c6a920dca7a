package net.insightpulseai.bridge.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Prints everything with one correlation id, in the order it happened. */
final class ShowTrace implements ClientCommand {

  private static final List<Column> COLUMNS =
      List.of(
          Column.time("at"),
          Column.word("what"),
          Column.number("id"),
          Column.word("status"),
          Column.text("about"));

  @Override
  public String usage() {
    return "trace CORRELATION-ID";
  }

  @Override
  public String purpose() {
    return "shows everything with one correlation id in order, and what caused it";
  }

  @Override
  public List<Option> options() {
    return Console.OF_TABLES;
  }

  @Override
  public int run(Arguments arguments, BridgeClient bridge, Console console)
      throws WrongArguments, CallFailed {
    if (arguments.words().size() != 1 || !arguments.words().get(0).matches("[0-9a-fA-F-]{36}")) {
      throw new WrongArguments("expected one correlation id, a UUID as events and actions have it");
    }
    Table table = console.table(COLUMNS, arguments);
    JsonNode trace = bridge.getJson("/bridge/trace/" + arguments.words().get(0));
    if (arguments.has(Console.JSON.name())) {
      console.out().println(trace);
      return 0;
    }
    List<JsonNode> rows = new ArrayList<>();
    trace.path("caused_by").forEach(one -> add(rows, one, "caused by "));
    trace.path("story").forEach(one -> add(rows, one, ""));
    table.print(rows, console.out());
    if (trace.path("truncated").asBoolean()) {
      console.errors().println("there is more than a trace shows");
    }
    return 0;
  }

  private static void add(List<JsonNode> rows, JsonNode one, String before) {
    ObjectNode row = one.deepCopy();
    rows.add(row.put("what", before + one.path("what").asText()).put("about", about(one)));
    for (JsonNode answer : one.path("answers")) {
      rows.add(
          JsonNodeFactory.instance
              .objectNode()
              .put("what", "  for " + answer.path("subscriber").asText() + replay(answer))
              .put("status", answer.path("state").asText())
              .put("about", answer.path("why").asText()));
    }
  }

  private static String replay(JsonNode answer) {
    return answer.hasNonNull("replay_id") ? ", replay " + answer.path("replay_id").asText() : "";
  }

  /** What a reader wants to know of each kind first. */
  private static String about(JsonNode one) {
    JsonNode row = one.path("row");
    return switch (one.path("what").asText()) {
      case "event" -> texts(row, "event_type", "resource_id");
      case "action" -> texts(row, "action", "ordering_key", "why");
      case "delivery" -> texts(row, "subscriber", "last_error");
      case "attempt" -> texts(row, "subscriber", "target", "response_status", "excerpt");
      default -> texts(row, "reason", "error");
    };
  }

  private static String texts(JsonNode row, String... fields) {
    List<String> texts = new ArrayList<>();
    for (String field : fields) {
      if (row.hasNonNull(field) && !row.path(field).asText().isEmpty()) {
        texts.add(row.path(field).asText());
      }
    }
    return String.join("  ", texts);
  }
}
