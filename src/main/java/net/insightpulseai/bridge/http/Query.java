package net.insightpulseai.bridge.http;

import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of a request. Unknown ones are refused by name: if a misspelt filter were
 * ignored, the answer would hold rows that were not asked for.
 */
public final class Query {

  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
  private static final int LONGEST = 500;

  private final Map<String, String[]> parameters;

  /**
   * Reads the parameters of the request that started this exchange.
   *
   * @param known the names that this route knows
   * @throws Refusal 400 if there are unknown ones, or one is repeated
   */
  public static Query of(Exchange exchange, Set<String> known) {
    return new Query(ClientRequest.of(exchange).parameters(), known);
  }

  /**
   * @param parameters as the servlet API has them
   * @param known the names that this route knows
   * @throws Refusal 400 if there are unknown ones, or one is repeated
   */
  public Query(Map<String, String[]> parameters, Set<String> known) {
    this.parameters = parameters;
    for (Map.Entry<String, String[]> parameter : parameters.entrySet()) {
      if (!known.contains(parameter.getKey())) {
        throw new Refusal(
            400,
            "unknown_parameter",
            "Unknown parameter "
                + shown(parameter.getKey())
                + "; the parameters here are "
                + String.join(", ", new TreeSet<>(known)));
      }
      if (parameter.getValue().length > 1) {
        throw bad(parameter.getKey(), "given once");
      }
    }
  }

  public @Nullable String text(String name) {
    return text(name, LONGEST);
  }

  public @Nullable String text(String name, int longest) {
    String[] values = parameters.get(name);
    if (values == null || values[0].isEmpty()) {
      return null;
    }
    if (values[0].length() > longest || values[0].indexOf('\0') >= 0) {
      throw bad(name, "at most " + longest + " characters");
    }
    return values[0];
  }

  public @Nullable String oneOf(String name, Set<String> words) {
    String text = text(name);
    if (text != null && !words.contains(text)) {
      throw bad(name, "one of " + String.join(", ", new TreeSet<>(words)));
    }
    return text;
  }

  public @Nullable String uuid(String name) {
    String text = text(name);
    if (text != null && !UUID.matcher(text).matches()) {
      throw bad(name, "a UUID");
    }
    return text;
  }

  public @Nullable Long number(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    if (!NUMBER.matcher(text).matches()) {
      throw bad(name, "a whole number");
    }
    return Long.valueOf(text);
  }

  public @Nullable OffsetDateTime time(String name) {
    String text = text(name);
    String time = text == null ? null : OffsetTime.read(text);
    if (text != null && time == null) {
      throw bad(name, OffsetTime.EXPECTED + " (a + is written %2B)");
    }
    // Not as text: the server would read that anew for each row, and could not plan with it.
    return time == null ? null : OffsetDateTime.parse(time);
  }

  /** The parameter {@code limit}: how many rows to return. */
  public int limit(int byDefault, int most) {
    Long limit = number("limit");
    if (limit != null && (limit < 1 || limit > most)) {
      throw bad("limit", "a number from 1 to " + most);
    }
    return limit == null ? byDefault : limit.intValue();
  }

  /** True or false; false if it is not given. */
  public boolean flag(String name) {
    return "true".equals(oneOf(name, Set.of("true", "false")));
  }

  public static Refusal bad(String name, String expected) {
    return new Refusal(400, "invalid_parameter", "Parameter " + name + " must be " + expected);
  }

  static String shown(String name) {
    String printable = name.replaceAll("[^\\p{Graph}]", "?");
    return printable.length() > 40 ? printable.substring(0, 40) : printable;
  }
}
