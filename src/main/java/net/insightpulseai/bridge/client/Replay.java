package net.insightpulseai.bridge.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.insightpulseai.bridge.signature.HmacSha256;

/** Counts what a replay would send, asks, and starts it. */
final class Replay implements ClientCommand {

  private static final Option YES = Option.flag("--yes", "starts without asking");
  private static final Option DRY_RUN = Option.flag("--dry-run", "only counts");
  private static final Option WATCH = Option.flag("--watch", "shows the progress until it ends");

  @Override
  public String usage() {
    return "replay [ID]";
  }

  @Override
  public String purpose() {
    return "delivers stored events again: counts, asks and starts; with an id, shows that replay";
  }

  @Override
  public List<Option> options() {
    List<Option> options = new ArrayList<>(ReplaySelection.OPTIONS);
    options.addAll(List.of(Act.WHO, Act.WHY, DRY_RUN, YES, WATCH, Console.JSON));
    return options;
  }

  @Override
  public int run(Arguments arguments, BridgeClient bridge, Console console)
      throws WrongArguments, CallFailed {
    boolean json = arguments.has(Console.JSON.name());
    WatchReplay watch = new WatchReplay(bridge, console, json);
    if (!arguments.words().isEmpty()) {
      return known(arguments, bridge, console, watch);
    }
    ObjectNode body =
        ReplaySelection.of(arguments, bridge.json(), console.clock().instant()).deepCopy();
    boolean only = arguments.has(DRY_RUN.name());
    if (!only && !arguments.has(Act.WHY.name())) {
      throw new WrongArguments("--why is missing; expected the reason, or --dry-run to count only");
    }
    JsonNode plan = send(bridge, console, body.put("dry_run", true));
    if (json) {
      console.out().println(plan);
    } else {
      print(plan, console);
    }
    if (only) {
      return 0;
    }
    if (plan.path("deliveries").asLong() == 0) {
      throw new CallFailed("nothing would be delivered, so nothing is started");
    }
    if (!arguments.has(YES.name()) && !agreed(console, plan)) {
      return 1;
    }
    body.put("dry_run", false)
        .put("who", Act.who(arguments))
        .put("why", arguments.value(Act.WHY.name()));
    long id = send(bridge, console, body).path("id").asLong();
    console.errors().println("replay " + id + " is started");
    return arguments.has(WATCH.name()) ? watch.follow(id) : 0;
  }

  private static int known(
      Arguments arguments, BridgeClient bridge, Console console, WatchReplay watch)
      throws WrongArguments, CallFailed {
    String id = arguments.words().get(0);
    if (arguments.words().size() > 1 || !id.matches("[0-9]{1,18}")) {
      throw new WrongArguments("expected the id of one replay, a number");
    }
    if (arguments.has(WATCH.name())) {
      return watch.follow(Long.parseLong(id));
    }
    console.out().println(bridge.getJson("/bridge/replays/" + id));
    return 0;
  }

  /** The answer decides; without somebody to answer, nothing is started. */
  private static boolean agreed(Console console, JsonNode plan) throws CallFailed, WrongArguments {
    String answer =
        console.ask("Queue " + plan.path("deliveries").asLong() + " deliveries? [y/N] ");
    if (answer == null) {
      throw new WrongArguments("nobody answers here; add --yes to start it");
    }
    boolean yes = answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    if (!yes) {
      console.errors().println("nothing is started");
    }
    return yes;
  }

  private static JsonNode send(BridgeClient bridge, Console console, ObjectNode body)
      throws CallFailed, WrongArguments {
    byte[] bytes =
        body.put("timestamp", console.clock().instant().getEpochSecond())
            .toString()
            .getBytes(UTF_8);
    return bridge.post(
        "/bridge/replay",
        bytes,
        Map.of("x-signature", HmacSha256.hex(bridge.settings().signingSecret(), bytes)));
  }

  private static void print(JsonNode plan, Console console) {
    console
        .out()
        .printf(
            "%d stored events match, %d of them are for somebody: %d deliveries, %d events/s%n",
            plan.path("selected").asLong(),
            plan.path("events").asLong(),
            plan.path("deliveries").asLong(),
            plan.path("rate").asLong());
    for (JsonNode one : plan.path("by_subscriber")) {
      List<String> skipped = new ArrayList<>();
      one.path("skipped")
          .properties()
          .forEach(reason -> skipped.add(reason.getValue() + " " + reason.getKey()));
      console
          .out()
          .printf(
              "  %s (%s): %d%s%n",
              Cell.printable(one.path("name").asText()),
              one.path("state").asText(),
              one.path("deliveries").asLong(),
              skipped.isEmpty() ? "" : ", without " + String.join(", ", skipped));
    }
  }
}
