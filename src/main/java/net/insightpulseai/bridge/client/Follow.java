package net.insightpulseai.bridge.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Prints events and dead letters as they come, until it is interrupted. What an action came to is
 * an event, too. It asks the API for what follows the last id, once a second; the API holds back
 * what follows a gap that may be a transaction under way.
 */
final class Follow implements ClientCommand {

  private static final long LONGEST_PAUSE = 10;
  private static final String PAGE = "limit=500";

  private static final Option TYPE =
      new Option(
          "--type", "TYPE", "event_type", "only events of a type, or a prefix: res.partner.*");
  private static final Option RECORD =
      new Option("--record", "MODEL:ID", "record", "only events of one, such as res.partner:42");
  private static final Option CORRELATION =
      new Option(
          "--correlation-id", "UUID", "correlation_id", "of everything that belongs together");
  private static final Option SINCE =
      new Option("--since", "TIME", "since", "from then on: 2h or 7d ago, a date, or a time");
  private static final Option SUBSCRIBER =
      Option.own(
          "--subscriber",
          "NAME",
          "the events of a pull subscriber, which this acknowledges; its secret is in BRIDGE_PULL_KEY");
  private static final Option PAYLOADS =
      Option.flag("--payloads", "with --json, prints the contents of records, too");
  private static final Option JSON =
      Option.flag("--json", "prints one JSON object a line, without contents of records");

  @Override
  public String usage() {
    return "tail";
  }

  @Override
  public String purpose() {
    return "follows events, outcomes of actions and dead letters as they come, until Ctrl-C";
  }

  @Override
  public List<Option> options() {
    return List.of(TYPE, RECORD, CORRELATION, SINCE, SUBSCRIBER, JSON, PAYLOADS, Console.UTC);
  }

  @Override
  public int run(Arguments arguments, BridgeClient bridge, Console console)
      throws WrongArguments, CallFailed {
    arguments.requireNoWords();
    TailQuery query = TailQuery.of(arguments, console, TYPE, RECORD, CORRELATION, SINCE);
    TailLine line = new TailLine(Console.times(arguments), arguments.has(PAYLOADS.name()));
    boolean json = arguments.has(JSON.name());
    List<TailSource> sources = sources(arguments, query);
    long pause = 1;
    boolean complained = false;
    while (true) {
      boolean more = false;
      try {
        for (TailSource source : sources) {
          for (JsonNode row : source.next(bridge, query.fromNow())) {
            console.out().println(json ? line.json(row) : line.text(row));
          }
          more |= source.full();
        }
        pause = 1;
        complained = false;
      } catch (CallFailed e) {
        if (!e.temporary()) {
          throw e;
        }
        if (!complained) {
          console.errors().println("tail: " + e.getMessage() + "; trying again");
          complained = true;
        }
        pause = Math.min(LONGEST_PAUSE, 2 * pause);
      }
      if (!more && !paused(pause)) {
        return 0;
      }
    }
  }

  private static List<TailSource> sources(Arguments arguments, TailQuery query)
      throws WrongArguments {
    String subscriber = arguments.value(SUBSCRIBER.name());
    if (subscriber != null) {
      for (Option filter : List.of(TYPE, RECORD, CORRELATION, SINCE)) {
        if (arguments.has(filter.name())) {
          throw new WrongArguments(
              filter.name()
                  + " cannot stand beside --subscriber: the subscriber says what it gets");
        }
      }
      return List.of(new PulledEvents(subscriber));
    }
    List<TailSource> sources = new ArrayList<>();
    sources.add(new Source("/bridge/events", "events", "", query.forEvents()));
    if (query.takesDeadLetters()) {
      sources.add(
          new Source(
              "/bridge/dead-letters", "dead_letters", "&resolution=all", query.forDeadLetters()));
    }
    return sources;
  }

  private static boolean paused(long seconds) {
    try {
      TimeUnit.SECONDS.sleep(seconds);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A list of the API that is followed. */
  private static final class Source implements TailSource {

    private final String path;
    private final String rows;
    private final String all;
    private final String filter;
    private long after = -1;
    private boolean full;

    /**
     * @param rows the field of an answer that has the rows
     * @param all the parameter with which every row is listed
     */
    Source(String path, String rows, String all, String filter) {
      this.path = path;
      this.rows = rows;
      this.all = all;
      this.filter = filter;
    }

    @Override
    public boolean full() {
      return full;
    }

    @Override
    public List<JsonNode> next(BridgeClient bridge, boolean fromNow)
        throws CallFailed, WrongArguments {
      if (after < 0) {
        after = fromNow ? newest(bridge) : 0;
      }
      JsonNode page = bridge.getJson(path + "?" + PAGE + "&after=" + after + filter);
      List<JsonNode> found = new ArrayList<>();
      page.path(rows).forEach(found::add);
      if (!found.isEmpty()) {
        after = found.get(found.size() - 1).path("id").asLong();
      }
      // A page may be empty and still have a next, which begins behind what was looked at.
      String next = page.path("next").asText("");
      String cursor = next.replaceFirst(".*[?&]after=([0-9]+).*", "$1");
      full = !next.isEmpty() && !next.equals("null");
      if (full && cursor.matches("[0-9]{1,18}")) {
        after = Math.max(after, Long.parseLong(cursor));
      }
      return found;
    }

    private long newest(BridgeClient bridge) throws CallFailed, WrongArguments {
      JsonNode page = bridge.getJson(path + "?limit=1" + all);
      return page.path(rows).path(0).path("id").asLong(0);
    }
  }
}
