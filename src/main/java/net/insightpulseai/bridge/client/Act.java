package net.insightpulseai.bridge.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Does something to each of the things that are named, for the record with who and why.
 *
 * @param name the command's name
 * @param purpose in a few words
 * @param words what follows the name, in the usage text
 * @param path where it is, with {@code %s} for the thing
 * @param outcome the field of the answer that says what became of it
 * @param flags options that become fields of the body
 */
record Act(
    String name, String purpose, String words, String path, String outcome, List<Option> flags)
    implements ClientCommand {

  static final Option WHO = Option.own("--who", "NAME", "you, for the record");
  static final Option WHY = Option.own("--why", "REASON", "for the record");

  static final List<Act> ALL =
      List.of(
          new Act(
              "requeue",
              "sends dead letters again, each under its idempotency key",
              "ID ...",
              "/bridge/dead-letters/%s/requeue",
              "outcome",
              List.of(
                  new Option(
                      "--force", "", "force", "even if a later row of its record was sent since"))),
          new Act(
              "discard",
              "gives dead letters up",
              "ID ...",
              "/bridge/dead-letters/%s/discard",
              "outcome",
              List.of()),
          new Act(
              "pause",
              "stops sending to targets; what is queued for them waits",
              "TARGET ...",
              "/bridge/targets/%s/pause",
              "state",
              List.of()),
          new Act(
              "resume",
              "sends to paused targets again",
              "TARGET ...",
              "/bridge/targets/%s/resume",
              "state",
              List.of()));

  /** Who acts: as given, or the user of this machine. */
  static String who(Arguments arguments) {
    String who = arguments.value(WHO.name());
    return who == null ? System.getProperty("user.name", "") : who;
  }

  @Override
  public String usage() {
    return name + " " + words;
  }

  @Override
  public List<Option> options() {
    List<Option> options = new ArrayList<>(List.of(WHY, WHO));
    options.addAll(flags);
    options.add(Console.JSON);
    return options;
  }

  @Override
  public int run(Arguments arguments, BridgeClient bridge, Console console)
      throws WrongArguments, CallFailed {
    if (arguments.words().isEmpty()) {
      throw new WrongArguments("nothing is named; expected " + usage());
    }
    String why = arguments.value(WHY.name());
    if (why == null) {
      throw new WrongArguments("--why is missing; expected the reason");
    }
    ObjectNode body =
        JsonNodeFactory.instance.objectNode().put("who", who(arguments)).put("why", why);
    for (Option flag : flags) {
      if (arguments.has(flag.name())) {
        body.put(flag.parameter(), true);
      }
    }
    for (String thing : arguments.words()) {
      JsonNode answer =
          bridge.post(
              path.formatted(URLEncoder.encode(thing, UTF_8)),
              body.toString().getBytes(UTF_8),
              Map.of("apikey", bridge.settings().serviceKey()));
      console
          .out()
          .println(
              arguments.has(Console.JSON.name())
                  ? answer
                  : Cell.printable(thing + ": " + answer.path(outcome).asText()));
    }
    return 0;
  }
}
