package net.insightpulseai.bridge.lookup;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.http.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a look-up. Everything that is not understood is refused by its name: a misspelt
 * filter that is ignored would show other rows than asked for.
 */
final class Query {

  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
  private static final int LONGEST = 500;

  private final Map<String, String[]> parameters;

  /**
   * @param parameters as the servlet has them
   * @param known the names that this look-up understands
   * @throws Refusal 400 if there are others, or one twice
   */
  Query(Map<String, String[]> parameters, Set<String> known) {
    this.parameters = parameters;
    for (Map.Entry<String, String[]> parameter : parameters.entrySet()) {
      if (!known.contains(parameter.getKey())) {
        throw new Refusal(
            400,
            "unknown_parameter",
            "There is no parameter "
                + shown(parameter.getKey())
                + " here; known are "
                + String.join(", ", new TreeSet<>(known)));
      }
      if (parameter.getValue().length > 1) {
        throw bad(parameter.getKey(), "given once");
      }
    }
  }

  @Nullable String text(String name) {
    String[] values = parameters.get(name);
    if (values == null || values[0].isEmpty()) {
      return null;
    }
    if (values[0].length() > LONGEST || values[0].indexOf('\0') >= 0) {
      throw bad(name, "at most " + LONGEST + " characters");
    }
    return values[0];
  }

  @Nullable String oneOf(String name, Set<String> words) {
    String text = text(name);
    if (text != null && !words.contains(text)) {
      throw bad(name, "one of " + String.join(", ", new TreeSet<>(words)));
    }
    return text;
  }

  @Nullable String uuid(String name) {
    String text = text(name);
    if (text != null && !UUID.matcher(text).matches()) {
      throw bad(name, "a UUID");
    }
    return text;
  }

  @Nullable Long number(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    if (!NUMBER.matcher(text).matches()) {
      throw bad(name, "a whole number");
    }
    return Long.valueOf(text);
  }

  @Nullable String time(String name) {
    String text = text(name);
    try {
      return text == null ? null : OffsetDateTime.parse(text).toString();
    } catch (DateTimeException e) {
      throw bad(name, "a time with its offset, as in 2026-01-31T12:00:00Z (a + is written %2B)");
    }
  }

  int limit() {
    Long limit = number("limit");
    if (limit != null && (limit < 1 || limit > Page.MOST)) {
      throw bad("limit", "a number from 1 to " + Page.MOST);
    }
    return limit == null ? Page.USUAL : limit.intValue();
  }

  static Refusal bad(String name, String expected) {
    return new Refusal(400, "invalid_parameter", "Parameter " + name + " must be " + expected);
  }

  private static String shown(String name) {
    String printable = name.replaceAll("[^\\p{Graph}]", "?");
    return printable.length() > 40 ? printable.substring(0, 40) : printable;
  }
}
