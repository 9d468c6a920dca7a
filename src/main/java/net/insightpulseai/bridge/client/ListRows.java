package net.insightpulseai.bridge.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Prints a list of the API as a table or as JSON lines, page after page up to the limit. */
final class ListRows implements ClientCommand {

  private static final int BY_DEFAULT = 50;
  private static final int LARGEST_PAGE = 1000;
  private static final Pattern NEXT = Pattern.compile("<([^>]+)>; *rel=\"next\"");
  private static final Pattern CURSOR = Pattern.compile("[?&](before|after)=([^&]+)");
  private static final Option LIMIT =
      Option.own("--limit", "ROWS", "how many at most, " + BY_DEFAULT + " by default");

  private final Listing listing;

  ListRows(Listing listing) {
    this.listing = listing;
  }

  @Override
  public String usage() {
    return listing.name();
  }

  @Override
  public String purpose() {
    return listing.purpose();
  }

  @Override
  public List<Option> options() {
    List<Option> options = new ArrayList<>(listing.filters());
    if (listing.paged()) {
      options.add(LIMIT);
    }
    options.addAll(Console.OF_TABLES);
    return options;
  }

  @Override
  public int run(Arguments arguments, BridgeClient bridge, Console console)
      throws WrongArguments, CallFailed {
    arguments.requireNoWords();
    Table table = console.table(listing.columns(), arguments);
    List<JsonNode> rows = new ArrayList<>();
    boolean json = arguments.has(Console.JSON.name());
    Sink sink = json ? line -> console.out().println(line) : line -> rows.add(parse(bridge, line));
    String next =
        listing.paged()
            ? pages(arguments, bridge, console, sink)
            : whole(bridge.getJson(listing.path()), sink);
    if (!json && rows.isEmpty()) {
      console.errors().println("none found");
    } else if (!json) {
      table.print(rows, console.out());
    }
    if (next != null) {
      console.errors().println("there are more: " + next);
    }
    return 0;
  }

  private interface Sink {
    void accept(String line) throws CallFailed;
  }

  private @Nullable String whole(JsonNode answer, Sink sink) throws CallFailed {
    for (JsonNode row : answer.path(listing.array())) {
      sink.accept(row.toString());
    }
    return null;
  }

  /** Returns how to go on after the last row that was printed; null if there are no more. */
  private @Nullable String pages(
      Arguments arguments, BridgeClient bridge, Console console, Sink sink)
      throws WrongArguments, CallFailed {
    int left = arguments.number(LIMIT.name(), BY_DEFAULT);
    String path = listing.path() + query(arguments, console, Math.min(left, LARGEST_PAGE));
    while (true) {
      HttpResponse<String> page = bridge.get(path);
      List<String> lines = page.body().lines().toList();
      for (String line : lines) {
        sink.accept(line);
      }
      left -= lines.size();
      Matcher next = NEXT.matcher(page.headers().firstValue("Link").orElse(""));
      if (!next.find()) {
        return null;
      }
      if (left <= 0) {
        Matcher cursor = CURSOR.matcher(next.group(1));
        return cursor.find()
            ? "--" + cursor.group(1) + " " + cursor.group(2) + ", or a higher --limit"
            : "a higher --limit";
      }
      path = next.group(1).replaceFirst("limit=[0-9]+", "limit=" + Math.min(left, LARGEST_PAGE));
    }
  }

  private String query(Arguments arguments, Console console, int rows) throws WrongArguments {
    StringJoiner query = new StringJoiner("&", "?", "");
    query.add("format=ndjson").add("limit=" + rows);
    for (Option filter : listing.filters()) {
      String value = arguments.value(filter.name());
      if (value != null) {
        boolean time = filter.value().equals("TIME");
        String sent =
            time
                ? GivenTime.read(
                        filter.name(),
                        value,
                        console.clock().instant(),
                        Console.times(arguments).zone())
                    .toString()
                : value;
        query.add(filter.parameter() + "=" + URLEncoder.encode(sent, UTF_8));
      }
    }
    return query.toString();
  }

  private static JsonNode parse(BridgeClient bridge, String line) throws CallFailed {
    try {
      return bridge.json().readTree(line);
    } catch (JsonProcessingException e) {
      throw new CallFailed("the bridge sends a line that is no JSON");
    }
  }
}
