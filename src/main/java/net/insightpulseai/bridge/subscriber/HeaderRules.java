package net.insightpulseai.bridge.subscriber;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Which headers of its own a webhook may get. */
final class HeaderRules {

  static final int MOST = 10;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
  private static final Pattern VALUE =
      Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]{0,4094}[\\x21-\\x7e])?");

  // Of a connection, of HTTP's framing, and those that the HTTP step writes or drops.
  private static final Set<String> TAKEN =
      Set.of(
          "connection",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "expect",
          "host",
          "content-length",
          "content-type",
          "content-encoding",
          "user-agent",
          "date",
          "via",
          "warning",
          "pragma",
          "cache-control",
          "cookie",
          "x-signature",
          "x-correlation-id",
          "breadcrumbid");
  // The bridge's own, those of proxies, and those by which the HTTP step is steered.
  private static final Pattern TAKEN_PREFIX =
      Pattern.compile("(webhook-|x-bridge-|proxy-|camel|org\\.apache\\.camel).*");

  private HeaderRules() {}

  /**
   * Checks the names.
   *
   * @throws WrongDefinition which names the first that is wrong, and never a value
   */
  static void check(Collection<String> names) {
    if (names.size() > MOST) {
      throw new WrongDefinition("headers", "must be at most " + MOST);
    }
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (!NAME.matcher(name).matches()) {
        throw new WrongDefinition(
            "headers", "must have names of letters, digits and hyphens, such as X-Api-Key");
      }
      if (TAKEN.contains(lower) || TAKEN_PREFIX.matcher(lower).matches()) {
        throw new WrongDefinition(
            "headers",
            "must not have " + name + ", which the connection or the bridge itself sets");
      }
      if (!seen.add(lower)) {
        throw new WrongDefinition("headers", "must not have " + name + " twice");
      }
    }
  }

  /** Whether a text can be sent as the value of a header. */
  static boolean isValue(String text) {
    return VALUE.matcher(text).matches();
  }
}
