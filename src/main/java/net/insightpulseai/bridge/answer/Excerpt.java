package net.insightpulseai.bridge.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Pattern;

/** Makes text from outside safe for one log line or a database column. */
public final class Excerpt {

  private static final int LONGEST = 500;
  private static final Pattern BLANKS = Pattern.compile("[\\p{Cntrl}\\s]+");

  private Excerpt() {}

  /** The text on one line, without control characters, cut to what a person reads. */
  public static String line(String text) {
    String line = BLANKS.matcher(text).replaceAll(" ").strip();
    String cut = line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    // Half of a surrogate pair, sent or made by the cut, cannot be stored as UTF-8.
    return new String(cut.getBytes(UTF_8), UTF_8);
  }
}
