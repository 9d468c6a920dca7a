package net.insightpulseai.bridge.subscriber;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks a filter: the part of PostgreSQL's jsonpath that is a condition, reads the event at most
 * once for each comparison, and cannot fail. {@code bridge.filter_takes} evaluates it while an
 * event is stored.
 */
final class EventFilter {

  private static final int LONGEST = 500;
  private static final int MOST_COMPARISONS = 16;
  private static final int DEEPEST = 5;

  private static final Pattern ROOT = Pattern.compile("\\$\\s*\\.\\s*(payload|changed)\\b");
  private static final Pattern KEY =
      Pattern.compile("\\.\\s*(?:[\\p{L}_][\\p{L}\\p{Nd}_]*+(?!\\s*\\()|(?=\"))");
  private static final Pattern METHOD = Pattern.compile("\\.\\s*(?:size|type)\\s*\\(\\s*\\)");
  private static final Pattern MEMBERS =
      Pattern.compile("\\.\\s*\\*(?!\\*)|\\[\\s*(?:\\*|last|[0-9]{1,6})\\s*]");
  private static final Pattern COMPARISON = Pattern.compile("==|!=|<>|<=|>=|<|>");
  private static final Pattern STRING =
      Pattern.compile(
          "\"(?:[^\"\\\\\\p{Cntrl}]|\\\\(?:[\"\\\\/bfnrt]|u(?!0000)[0-9a-fA-F]{4}))*+\"");
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]{0,14})(?:\\.[0-9]{1,15})?(?![\\p{L}\\p{Nd}_.])");
  private static final Pattern WORD = Pattern.compile("(?:true|false|null)\\b");
  private static final Pattern SPACE = Pattern.compile("\\s*");

  private final String text;
  private int at;
  private int comparisons;
  private int depth;

  private EventFilter(String text) {
    this.text = text;
  }

  /**
   * @throws WrongDefinition with the place and what was expected there
   */
  static void check(String text) {
    if (text.length() > LONGEST) {
      throw new WrongDefinition("filter", "must have at most " + LONGEST + " characters");
    }
    EventFilter filter = new EventFilter(text);
    filter.any(false);
    filter.space();
    if (filter.at < text.length()) {
      throw filter.expected("&&, || or the end");
    }
  }

  private void any(boolean inner) {
    if (++depth > DEEPEST) {
      throw expected("less nesting, at most " + DEEPEST + " deep");
    }
    do {
      do {
        condition(inner);
      } while (takes("&&"));
    } while (takes("||"));
    depth--;
  }

  private void condition(boolean inner) {
    if (takes("!")) {
      if (!group(inner)) {
        throw expected("( or exists( after !");
      }
    } else if (!group(inner)) {
      comparison(inner);
    }
  }

  /** {@code (…)} or {@code exists(…)}; false if there is neither. */
  private boolean group(boolean inner) {
    if (takes("exists")) {
      require("(");
      countComparison();
      if (!path(inner)) {
        throw expected(start(inner));
      }
      require(")");
      return true;
    }
    if (takes("(")) {
      any(inner);
      require(")");
      return true;
    }
    return false;
  }

  private void comparison(boolean inner) {
    countComparison();
    boolean literal = literal();
    if (!literal && !path(inner)) {
      throw expected(start(inner) + ", a value, ( or exists(");
    }
    if (!literal && takes("starts")) {
      require("with");
      if (!takes(STRING)) {
        throw expected("a text in double quotes after starts with");
      }
    } else if (!literal && takes("like_regex")) {
      if (!takes(STRING) || !takes("flag") || !literalFlag()) {
        throw expected(
            "a text in double quotes and flag \"q\" or \"iq\": no other regular expression");
      }
    } else if (!takes(COMPARISON)) {
      throw expected("==, !=, <, <=, >, >=, starts with or like_regex");
    } else if (literal ? !path(inner) : !literal()) {
      throw expected(
          literal
              ? start(inner)
              : "a value: \"text\", a number of up to 15 digits, true, false or null");
    }
  }

  private void countComparison() {
    if (++comparisons > MOST_COMPARISONS) {
      throw expected("at most " + MOST_COMPARISONS + " comparisons");
    }
  }

  private boolean literal() {
    return takes(STRING) || takes(NUMBER) || takes(WORD);
  }

  private boolean literalFlag() {
    return takes("\"q\"") || takes("\"iq\"") || takes("\"qi\"");
  }

  /** False if none begins here. */
  private boolean path(boolean inner) {
    if (inner ? !takes("@") : !takes(ROOT)) {
      return false;
    }
    while (true) {
      if (takes(METHOD)) {
        return true;
      } else if (takes(KEY)) {
        if (text.startsWith("\"", at) && !takes(STRING)) {
          throw expected("the name of a field");
        }
      } else if (takes("?")) {
        require("(");
        any(true);
        require(")");
      } else if (!takes(MEMBERS)) {
        if (text.startsWith(".", at) || text.startsWith("[", at)) {
          throw expected(".name, .\"name\", [*], [0], [last], .*, .size() or .type()");
        }
        return true;
      }
    }
  }

  private static String start(boolean inner) {
    return inner ? "@" : "$.payload or $.changed";
  }

  private void require(String token) {
    if (!takes(token)) {
      throw expected(token);
    }
  }

  private boolean takes(String token) {
    space();
    if (!text.startsWith(token, at)) {
      return false;
    }
    at += token.length();
    return true;
  }

  private boolean takes(Pattern token) {
    space();
    @Nullable Matcher found = matcher(token);
    if (found == null) {
      return false;
    }
    at = found.end();
    return true;
  }

  private @Nullable Matcher matcher(Pattern token) {
    Matcher matcher = token.matcher(text).region(at, text.length()).useTransparentBounds(true);
    return matcher.lookingAt() ? matcher : null;
  }

  private void space() {
    Matcher space = matcher(SPACE);
    at = space == null ? at : space.end();
  }

  private WrongDefinition expected(String what) {
    return new WrongDefinition(
        "filter",
        "must be a condition such as $.payload.total > 100 && exists($.changed.state); at character "
            + (at + 1)
            + ": expected "
            + what);
  }
}
