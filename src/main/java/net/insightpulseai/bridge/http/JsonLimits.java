package net.insightpulseai.bridge.http;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a JSON body may hold at most, and how one is refused that holds more. */
public final class JsonLimits {

  /** Deep enough for any record, shallow enough for PostgreSQL's stack. */
  public static final int DEPTH = 500;

  /**
   * Digits of a number without an exponent: {@code 1e131000} is eight bytes here, and 131,001
   * digits in PostgreSQL and in everything that is sent from there.
   */
  public static final int DIGITS = 1_000;

  private static final int NAME = 50_000;
  private static final int TEXT = 20_000_000;

  private static final Pattern FRACTION =
      Pattern.compile("-?(\\d+)(?:\\.(\\d+))?(?:[eE]([+-]?\\d+))?");
  private static final int LONGEST_EXPONENT = 6;

  private JsonLimits() {}

  /** The same limits for Jackson, which keeps all of them but that of an exponent. */
  public static StreamReadConstraints constraints() {
    return StreamReadConstraints.builder()
        .maxNestingDepth(DEPTH)
        .maxNumberLength(DIGITS)
        .maxNameLength(NAME)
        .maxStringLength(TEXT)
        .build();
  }

  /**
   * Refuses a number that would be too long when it is written out.
   *
   * @throws StreamConstraintsException which {@link #refusal} explains
   */
  public static void requireShort(String number) throws StreamConstraintsException {
    Matcher parts = FRACTION.matcher(number);
    if (parts.matches() && digits(parts) > DIGITS) {
      throw new StreamConstraintsException("Number value length exceeds the maximum allowed");
    }
  }

  private static int digits(Matcher parts) {
    String written = parts.group(3) == null ? "0" : parts.group(3);
    if (written.length() > LONGEST_EXPONENT) {
      return Integer.MAX_VALUE;
    }
    int exponent = Integer.parseInt(written);
    int before = Math.max(1, parts.group(1).length() + exponent);
    int behind = parts.group(2) == null ? 0 : parts.group(2).length();
    return before + Math.max(0, behind - exponent);
  }

  /**
   * The refusal of a body that could not be read.
   *
   * @param failure what the reader said; its message may quote the body
   * @param otherwise what is said unless a limit was exceeded
   * @return 400 {@code json_limit} with the limit and its number, or 400 {@code invalid_json}
   */
  public static Refusal refusal(IOException failure, String otherwise) {
    return failure instanceof StreamConstraintsException limit
        ? new Refusal(400, "json_limit", exceeded(limit.getOriginalMessage()))
        : new Refusal(400, "invalid_json", otherwise);
  }

  private static String exceeded(String message) {
    if (message.startsWith("Number")) {
      return "A number in the body is too long; at most "
          + DIGITS
          + " digits are expected,"
          + " written without an exponent";
    }
    if (message.startsWith("Name")) {
      return "The name of a field in the body is too long; at most "
          + NAME
          + " characters are expected";
    }
    if (message.startsWith("String")) {
      return "A string in the body is too long; at most " + TEXT + " characters are expected";
    }
    return "The body is nested too deeply; at most " + DEPTH + " levels are expected";
  }
}
