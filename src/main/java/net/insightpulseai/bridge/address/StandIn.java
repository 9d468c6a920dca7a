package net.insightpulseai.bridge.address;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The form of an address that camel-http leaves alone: it refuses a host with an underscore, loses
 * one in punycode, and encodes characters such as {@code ~} that mean themselves. {@link
 * RealAddress} puts the address back before a connection is made, so nothing is sent to a stand-in.
 */
public final class StandIn {

  private static final String END = ".stand-in.invalid";
  private static final Pattern CHANGED_HOST = Pattern.compile("(?i).*_.*|(.*\\.)?xn--.*");
  private static final Pattern CHANGED = Pattern.compile("[^A-Za-z0-9._!$&'()*+,;=:@/?%-]");
  private static final Pattern ESCAPED = Pattern.compile("!([0-9A-F]{2})");
  private static final HexFormat HEX = HexFormat.of();

  private StandIn() {}

  /**
   * The address as an HTTP step may be given it: the same, unless the step would change it. Paths
   * may be appended that need no stand-in.
   */
  public static String of(HttpUrl url) {
    boolean same =
        !CHANGED_HOST.matcher(url.host()).matches() && !CHANGED.matcher(url.rest()).find();
    return same
        ? url.toString()
        : url.scheme()
            + "://h"
            + HEX.formatHex(url.host().getBytes(UTF_8))
            + END
            + url.port()
            + escaped(url.rest());
  }

  static boolean isOne(String host) {
    return host.endsWith(END);
  }

  /** The host that a stand-in is for. */
  static String host(String standIn) {
    return new String(HEX.parseHex(standIn, 1, standIn.length() - END.length()), UTF_8);
  }

  /** Path and query that a stand-in is for. */
  static String rest(String escaped) {
    return ESCAPED
        .matcher(escaped)
        .replaceAll(
            found -> Matcher.quoteReplacement("" + (char) Integer.parseInt(found.group(1), 16)));
  }

  private static String escaped(String rest) {
    return Pattern.compile("!|" + CHANGED)
        .matcher(rest)
        .replaceAll(found -> "!%02X".formatted((int) found.group().charAt(0)));
  }
}
