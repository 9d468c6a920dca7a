package net.insightpulseai.bridge.egress;

import java.util.regex.Pattern;
import net.insightpulseai.bridge.address.HttpUrl;

/** The URL of a subscriber, which comes from outside: it may also hold no placeholder. */
public final class SubscriberUrl {

  private static final int LONGEST = 2_000;

  // camel-http resolves placeholders in a URL, which could reveal any secret.
  private static final Pattern BRACE = Pattern.compile("(?i)[{}]|%(25)*7[bd]");
  private static final Pattern ENCODED_CONTROL = Pattern.compile("(?i)%(25)*([01][0-9a-f]|7f)");

  private SubscriberUrl() {}

  /**
   * Reads a URL.
   *
   * @throws IllegalArgumentException if it may not be called; the message has what was found and
   *     what was expected, and quotes nothing of the URL but the port
   */
  public static HttpUrl of(String text) {
    String stripped = text.strip();
    if (stripped.isEmpty() || stripped.length() > LONGEST) {
      throw wrong(stripped.length() + " characters", "1 to " + LONGEST);
    }
    if (BRACE.matcher(stripped).find()) {
      throw wrong("a brace", "none, neither plain nor as %7B or %7D");
    }
    if (ENCODED_CONTROL.matcher(stripped).find()) {
      throw wrong("an encoded control character, such as %0D or %0A", "none");
    }
    try {
      return HttpUrl.of(stripped);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("url: " + e.getMessage(), e);
    }
  }

  private static IllegalArgumentException wrong(String found, String expected) {
    return new IllegalArgumentException("url: found " + found + ", expected " + expected);
  }
}
