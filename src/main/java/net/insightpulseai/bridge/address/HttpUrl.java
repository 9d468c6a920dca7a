package net.insightpulseai.bridge.address;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of another system, from a subscriber or a setting. It may only name where to connect:
 * no password, and no host that programs read differently.
 *
 * <p>Not a {@link URI}, which knows no host with an underscore, and such are the names that Docker
 * Compose gives.
 *
 * @param scheme http or https, in the case it was written
 * @param host in ASCII; an IPv6 address in brackets
 * @param port with the colon before it, or empty
 * @param rest path and query in ASCII as they were written, or empty
 */
public record HttpUrl(String scheme, String host, String port, String rest) {

  private static final Pattern PARTS =
      Pattern.compile("(?i)(https?)://([^/?#]*)([^#]*)", Pattern.DOTALL);
  // Including invisible characters and the backslash, which some programs read as a slash.
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cntrl}\\p{IsWhite_Space}\\p{Cf}\\p{Cs}\\p{Cn}\\\\]");
  private static final Pattern AUTHORITY = Pattern.compile("(\\[[^]]*]?|[^:]*)(.*)");
  private static final Pattern PORT = Pattern.compile("[1-9]\\d{0,4}");
  private static final int LAST_PORT = 65_535;

  /**
   * Reads an address; blanks around it do not matter.
   *
   * @throws IllegalArgumentException {@code found …, expected …}; it quotes nothing of the text but
   *     the port
   */
  public static HttpUrl of(String text) {
    String stripped = text.strip();
    if (UNPRINTABLE.matcher(stripped).find()) {
      throw wrong("a space, a line break, a backslash or an invisible character", "none of them");
    }
    if (stripped.indexOf('#') >= 0) {
      throw wrong("a fragment, such as #here", "none, as fragments are never sent");
    }
    Matcher parts = PARTS.matcher(stripped);
    if (!parts.matches()) {
      throw wrong("another kind of address", "one that begins with https:// or http://");
    }
    String authority = parts.group(2);
    if (authority.indexOf('@') >= 0) {
      throw wrong("a user or password before the host", "none");
    }
    Matcher place = AUTHORITY.matcher(authority);
    if (!place.matches()) {
      throw wrong("an invalid host", "a name or an address");
    }
    return new HttpUrl(
        parts.group(1),
        HostText.ascii(place.group(1)),
        port(place.group(2)),
        rest(UriText.encoded(parts.group(3))));
  }

  private static String port(String text) {
    if (text.isEmpty()) {
      return "";
    }
    String port = text.substring(1);
    if (!text.startsWith(":")
        || !PORT.matcher(port).matches()
        || Integer.parseInt(port) > LAST_PORT) {
      throw wrong("something else after the host", "a port from 1 to " + LAST_PORT + ", or none");
    }
    return text;
  }

  private static String rest(String text) {
    String before = "http://h";
    try {
      URI checked = new URI(before + text);
      return checked.toString().substring(before.length());
    } catch (URISyntaxException e) {
      throw wrong(
          "a character that a URL cannot have, near position "
              + (e.getIndex() - before.length())
              + " of its path",
          "it as %XX");
    }
  }

  static IllegalArgumentException wrong(String found, String expected) {
    return new IllegalArgumentException("found " + found + ", expected " + expected);
  }

  /** The address as it is called. */
  @Override
  public String toString() {
    return scheme + "://" + host + port + rest;
  }
}
