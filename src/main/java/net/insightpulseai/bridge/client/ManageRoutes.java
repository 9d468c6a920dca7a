package net.insightpulseai.bridge.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.config.Nearest;

/** Lists and compares the versions of the routes that ran, and returns to one. */
final class ManageRoutes implements ClientCommand {

  private static final String PATH = "/bridge/route-versions";
  private static final List<String> ACTS = List.of("list", "show", "diff", "rollback", "unpin");
  private static final List<Column> COLUMNS =
      List.of(
          Column.number("id"),
          Column.word("hash"),
          Column.time("applied_at").as("APPLIED"),
          Column.word("instance"),
          Column.text("who").as("BY"),
          Column.text("change"));

  @Override
  public String usage() {
    return "routes list | show N | diff N [M] | rollback N | unpin";
  }

  @Override
  public String purpose() {
    return "lists and compares the versions of the routes that ran, and runs one again on all replicas";
  }

  @Override
  public List<Option> options() {
    List<Option> options = new ArrayList<>(List.of(Act.WHY, Act.WHO));
    options.addAll(Console.OF_TABLES);
    return options;
  }

  @Override
  public int run(Arguments arguments, BridgeClient bridge, Console console)
      throws WrongArguments, CallFailed {
    List<String> words = arguments.words();
    String act = words.isEmpty() ? "" : words.get(0);
    List<String> numbers = words.isEmpty() ? List.of() : words.subList(1, words.size());
    switch (act) {
      case "list" -> {
        numbers(numbers, 0, 0);
        list(arguments, bridge, console);
      }
      case "show" -> show(numbers(numbers, 1, 1), arguments, bridge, console);
      case "diff" -> diff(numbers(numbers, 1, 2), arguments, bridge, console);
      case "rollback" -> rollBack(numbers(numbers, 1, 1), arguments, bridge, console);
      case "unpin" -> {
        numbers(numbers, 0, 0);
        unpin(arguments, bridge, console);
      }
      default ->
          throw new WrongArguments(
              act.isEmpty()
                  ? "expected " + usage()
                  : "unknown " + act + Nearest.hint(act, ACTS) + "; expected " + usage());
    }
    return 0;
  }

  private List<String> numbers(List<String> given, int least, int most) throws WrongArguments {
    if (given.size() < least || given.size() > most) {
      throw new WrongArguments("expected " + usage());
    }
    for (String one : given) {
      if (!one.matches("[0-9]{1,18}")) {
        throw new WrongArguments("found " + one + ", expected the number of a version");
      }
    }
    return given;
  }

  private static void list(Arguments arguments, BridgeClient bridge, Console console)
      throws WrongArguments, CallFailed {
    Table table = console.table(COLUMNS, arguments);
    JsonNode answer = bridge.getJson(PATH);
    if (arguments.has(Console.JSON.name())) {
      answer.path("versions").forEach(console.out()::println);
    } else {
      List<JsonNode> rows = new ArrayList<>();
      answer.path("versions").forEach(rows::add);
      table.print(rows, console.out());
    }
    say(console, "this instance runs " + answer.at("/running/hash").asText());
    if (answer.path("pin").isObject()) {
      say(console, pin(answer));
    }
    answer.at("/refused/findings").forEach(one -> say(console, "refused: " + one.asText()));
  }

  private static String pin(JsonNode answer) {
    return "version %s is pinned by %s: %s"
        .formatted(
            answer.at("/pin/version").asText(),
            answer.at("/pin/who").asText(),
            answer.at("/pin/why").asText());
  }

  private static void say(Console console, String line) {
    console.errors().println(Cell.printable(line));
  }

  private static void show(
      List<String> number, Arguments arguments, BridgeClient bridge, Console console)
      throws WrongArguments, CallFailed {
    JsonNode answer = bridge.getJson(PATH + "/" + number.get(0));
    if (arguments.has(Console.JSON.name())) {
      console.out().println(answer);
      return;
    }
    console.table(COLUMNS, arguments).print(List.of(answer.path("version")), console.out());
    for (JsonNode file : answer.at("/version/files")) {
      console.out().println();
      console.out().println("# " + Cell.printable(file.path("name").asText()));
      file.path("content").asText().lines().map(Cell::printable).forEach(console.out()::println);
    }
    sayIfForeign(answer, console);
  }

  private static void sayIfForeign(JsonNode answer, Console console) {
    if (!answer.at("/version/genuine").asBoolean()) {
      say(console, "no bridge with the secrets that are set now recorded it, so it is never run");
    }
  }

  /** What a patch says is printed as it is, so that it can be applied. */
  private static void diff(
      List<String> numbers, Arguments arguments, BridgeClient bridge, Console console)
      throws WrongArguments, CallFailed {
    String path =
        numbers.size() == 1
            ? PATH + "/" + numbers.get(0)
            : PATH + "/" + numbers.get(1) + "?against=" + numbers.get(0);
    JsonNode answer = bridge.getJson(path);
    if (arguments.has(Console.JSON.name())) {
      console.out().println(answer);
    } else if (answer.path("diff").isNull()) {
      say(console, "there is no version before it any more");
    } else {
      console.out().print(answer.path("diff").asText());
      sayIfForeign(answer, console);
    }
  }

  private static void rollBack(
      List<String> number, Arguments arguments, BridgeClient bridge, Console console)
      throws WrongArguments, CallFailed {
    JsonNode answer = act(PATH + "/" + number.get(0) + "/rollback", arguments, bridge);
    if (arguments.has(Console.JSON.name())) {
      console.out().println(answer);
      return;
    }
    say(console, pin(answer) + "; it runs until a folder changes");
    if (!answer.path("patch").asText().isEmpty()) {
      say(console, "to make it lasting, apply this patch where the folder comes from:");
      console.out().print(answer.path("patch").asText());
    }
  }

  private static void unpin(Arguments arguments, BridgeClient bridge, Console console)
      throws WrongArguments, CallFailed {
    JsonNode answer = act(PATH + "/unpin", arguments, bridge);
    console
        .out()
        .println(
            arguments.has(Console.JSON.name())
                ? answer
                : Cell.printable(
                    "nothing is pinned; the folder runs: " + answer.at("/running/hash").asText()));
  }

  private static JsonNode act(String path, Arguments arguments, BridgeClient bridge)
      throws WrongArguments, CallFailed {
    String why = arguments.value(Act.WHY.name());
    if (why == null) {
      throw new WrongArguments("--why is missing; expected the reason");
    }
    ObjectNode body =
        JsonNodeFactory.instance.objectNode().put("who", Act.who(arguments)).put("why", why);
    return bridge.post(
        path, body.toString().getBytes(UTF_8), Map.of("apikey", bridge.settings().serviceKey()));
  }
}
