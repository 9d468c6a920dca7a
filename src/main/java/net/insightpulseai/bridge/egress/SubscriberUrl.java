package net.insightpulseai.bridge.egress;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The URL of a subscriber, which comes from outside. It may only name where to connect: no
 * password, no placeholder, no host that programs read differently.
 *
 * @param uri in ASCII, with a host
 */
public record SubscriberUrl(URI uri) {

  private static final int LONGEST = 2_000;

  private static final Pattern PARTS =
      Pattern.compile("(?i)(https?)://([^/?#]*)([^#]*)", Pattern.DOTALL);
  // Including invisible characters and the backslash, which some programs read as a slash.
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cntrl}\\p{IsWhite_Space}\\p{Cf}\\p{Cs}\\p{Cn}\\\\]");
  // camel-http resolves placeholders in a URL, which could reveal any secret.
  private static final Pattern BRACE = Pattern.compile("(?i)[{}]|%(25)*7[bd]");
  private static final Pattern ENCODED_CONTROL = Pattern.compile("(?i)%(25)*([01][0-9a-f]|7f)");
  private static final Pattern AUTHORITY = Pattern.compile("(\\[[^]]*]?|[^:]*)(.*)");
  private static final Pattern PORT = Pattern.compile("[1-9]\\d{0,4}");
  private static final int LAST_PORT = 65_535;

  /**
   * Reads a URL.
   *
   * @throws IllegalArgumentException if it may not be called; the message has what was found and
   *     what was expected, and quotes nothing of the URL but host and port
   */
  public static SubscriberUrl of(String text) {
    if (text.isEmpty() || text.length() > LONGEST) {
      throw wrong(text.length() + " characters", "1 to " + LONGEST);
    }
    if (UNPRINTABLE.matcher(text).find()) {
      throw wrong("a space, a line break, a backslash or an invisible character", "none of them");
    }
    if (BRACE.matcher(text).find()) {
      throw wrong("a brace", "none, neither plain nor as %7B or %7D");
    }
    if (ENCODED_CONTROL.matcher(text).find()) {
      throw wrong("an encoded control character, such as %0D or %0A", "none");
    }
    if (text.indexOf('#') >= 0) {
      throw wrong("a fragment, such as #here", "none, as fragments are never sent");
    }
    Matcher parts = PARTS.matcher(text);
    if (!parts.matches()) {
      throw wrong("another kind of address", "one that begins with https:// or http://");
    }
    return new SubscriberUrl(
        uri(parts.group(1), authority(parts.group(2)), UriText.encoded(parts.group(3))));
  }

  /** The host as it is looked up. */
  public String host() {
    return uri.getHost();
  }

  private static String authority(String text) {
    if (text.indexOf('@') >= 0) {
      throw wrong("a user or password before the host", "none, as calls are signed");
    }
    Matcher parts = AUTHORITY.matcher(text);
    if (!parts.matches()) {
      throw wrong("an invalid host", "a name or an address");
    }
    String host = parts.group(1);
    String rest = parts.group(2);
    return HostText.ascii(host) + (rest.isEmpty() ? "" : ":" + port(rest));
  }

  private static String port(String rest) {
    String port = rest.substring(1);
    if (!rest.startsWith(":")
        || !PORT.matcher(port).matches()
        || Integer.parseInt(port) > LAST_PORT) {
      throw wrong("something else after the host", "a port from 1 to " + LAST_PORT + ", or none");
    }
    return port;
  }

  private static URI uri(String scheme, String authority, String rest) {
    try {
      URI uri = new URI(scheme + "://" + authority + rest);
      if (uri.getHost() == null) {
        throw wrong("an invalid host", "a name or an address");
      }
      return uri;
    } catch (URISyntaxException e) {
      throw wrong("a character that a URL cannot have, near position " + e.getIndex(), "it as %XX");
    }
  }

  static IllegalArgumentException wrong(String found, String expected) {
    return new IllegalArgumentException("url: found " + found + ", expected " + expected);
  }
}
