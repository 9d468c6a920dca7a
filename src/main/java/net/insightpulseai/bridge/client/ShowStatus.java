package net.insightpulseai.bridge.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import net.insightpulseai.bridge.client.Column.Form;

/** Prints the bridge at a glance: what flows, what waits, and what needs a person. */
final class ShowStatus implements ClientCommand {

  private static final List<Column> LEGS =
      List.of(
          Column.word("leg"),
          Column.number("per_minute").as("A MINUTE"),
          Column.number("failed"),
          Column.number("due"),
          Column.number("waiting"),
          Column.number("in_flight"),
          Column.number("dead"),
          Column.number("oldest_due").as("OLDEST DUE"));

  private static final List<Column> TARGETS =
      List.of(
          Column.word("target"),
          Column.text("subscriber"),
          Column.word("state"),
          Column.number("open"),
          Column.number("dead"),
          new Column("WHY", "/waiting/error /reason", Form.TEXT));

  @Override
  public String usage() {
    return "status";
  }

  @Override
  public String purpose() {
    return "shows what flows, what waits and what needs a person; ends with 1 if there are incidents";
  }

  @Override
  public List<Option> options() {
    return Console.OF_TABLES;
  }

  @Override
  public int run(Arguments arguments, BridgeClient bridge, Console console)
      throws WrongArguments, CallFailed {
    arguments.requireNoWords();
    JsonNode overview = bridge.getJson("/bridge/overview");
    JsonNode targets = bridge.getJson("/bridge/targets").path("targets");
    JsonNode incidents = bridge.getJson("/bridge/incidents").path("incidents");
    if (arguments.has(Console.JSON.name())) {
      ObjectNode all = bridge.json().createObjectNode();
      all.set("overview", overview);
      all.set("targets", targets);
      all.set("incidents", incidents);
      console.out().println(all);
    } else {
      print(overview, targets, incidents, arguments, console);
    }
    for (JsonNode one : incidents) {
      if (!one.path("state").asText().equals("pending")) {
        return 1;
      }
    }
    return 0;
  }

  private static void print(
      JsonNode overview, JsonNode targets, JsonNode incidents, Arguments arguments, Console console)
      throws WrongArguments {
    ShownTime times = Console.times(arguments);
    say(
        console,
        "%s, %s mode, %s (%s)",
        overview.path("instance").asText(),
        overview.path("mode").asText(),
        times.of(overview.path("at").asText()),
        times.zoneName());
    List<String> instances = new ArrayList<>();
    overview.path("instances").forEach(one -> instances.add(one.asText()));
    say(
        console,
        "instances: %s",
        overview.path("instances").isNull()
            ? "not known, the database does not answer"
            : String.join(", ", instances));
    say(
        console,
        "pairing: %s, %s",
        overview.at("/pairing/state").asText(),
        overview.at("/pairing/message").asText());
    console.out().println();
    console.table(LEGS, arguments).print(legs(overview), console.out());
    console.out().println();
    console.table(TARGETS, arguments).print(rows(targets), console.out());
    console.out().println();
    if (incidents.isEmpty()) {
      console.out().println("nothing needs a person");
    }
    for (JsonNode one : incidents) {
      say(
          console,
          "%s  since %s  %s: %s",
          one.path("state").asText(),
          times.of(one.path("since").asText()),
          one.path("name").asText(),
          one.path("found").asText());
      say(console, "    %s", one.path("remedy").asText());
    }
  }

  /** Each argument is printable afterwards, whatever it was. */
  private static void say(Console console, String form, String... texts) {
    Object[] printable = new Object[texts.length];
    for (int i = 0; i < texts.length; i++) {
      printable[i] = Cell.printable(texts[i]);
    }
    console.out().println(form.formatted(printable));
  }

  private static List<JsonNode> legs(JsonNode overview) {
    JsonNode hour = overview.path("hour");
    return List.of(
        leg(overview, "events in", minute(hour, "stored"), minute(hour, "refused"), ""),
        leg(
            overview,
            "deliveries",
            minute(hour, "delivered"),
            minute(hour, "deliveries_failed"),
            "event-deliveries"),
        leg(
            overview,
            "actions",
            minute(hour, "applied"),
            minute(hour, "actions_failed"),
            "odoo-actions"));
  }

  private static ObjectNode leg(
      JsonNode overview, String name, long rate, long failed, String queue) {
    ObjectNode row =
        overview.path("queues").path(queue) instanceof ObjectNode open
            ? open.deepCopy()
            : ((ObjectNode) overview).objectNode();
    if (row.path("oldest_due_seconds").isNumber()) {
      row.put("oldest_due", row.path("oldest_due_seconds").asText() + " s");
    }
    return row.put("leg", name).put("per_minute", rate).put("failed", failed);
  }

  /** What a series counted in the last minute. */
  private static long minute(JsonNode hour, String series) {
    JsonNode values = hour.path(series);
    int steps = (int) (60 / Math.max(1, hour.path("step_seconds").asLong(10)));
    long sum = 0;
    for (int i = Math.max(0, values.size() - steps); i < values.size(); i++) {
      sum += values.path(i).asLong();
    }
    return sum;
  }

  private static List<JsonNode> rows(JsonNode array) {
    List<JsonNode> rows = new ArrayList<>();
    array.forEach(rows::add);
    return rows;
  }
}
