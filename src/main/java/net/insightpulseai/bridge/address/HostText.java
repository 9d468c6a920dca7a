package net.insightpulseai.bridge.address;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** The host of a URL, in a form that every program reads the same way. */
final class HostText {

  private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-fA-F:.]{2,45}]");
  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  // What resolvers take for a number: 2130706433, 0x7f.1, 0177.0.0.1 and 127.1 are all 127.0.0.1.
  private static final Pattern ENDS_IN_A_NUMBER =
      Pattern.compile("(.*\\.)?(\\d+|0[xX][0-9a-fA-F]*)");
  // With the underscore that Docker Compose and Supabase's CLI put into the names of containers.
  private static final String LABEL = "([a-z0-9_-]{0,61}[a-z0-9_])?";
  private static final Pattern NAME =
      Pattern.compile("(?i)([a-z0-9_]" + LABEL + "\\.)*[a-z_]" + LABEL);
  // IDNA of 2003, which Java has, and of 2008 read these differently: they name two hosts.
  private static final Pattern READ_DIFFERENTLY = Pattern.compile("[\u00df\u1e9e\u03c2]");
  private static final int LONGEST = 253;

  private HostText() {}

  /**
   * The host in ASCII.
   *
   * @throws IllegalArgumentException if there is none, or programs could read it differently
   */
  static String ascii(String text) {
    if (text.isEmpty()) {
      throw HttpUrl.wrong("no host", "one after the //");
    }
    if (text.startsWith("[")) {
      if (!IPV6.matcher(text).matches() || !isIpv6(text)) {
        throw HttpUrl.wrong(
            "brackets without an IPv6 address in them", "an IPv6 address without a zone");
      }
      return text;
    }
    String host = toAscii(text);
    if (IPV4.matcher(host).matches()) {
      return host;
    }
    if (ENDS_IN_A_NUMBER.matcher(host).matches()) {
      throw HttpUrl.wrong(
          "a host that is a number in an unusual notation",
          "a name, or an IPv4 address of four decimal numbers");
    }
    if (host.length() > LONGEST || !NAME.matcher(host).matches()) {
      throw HttpUrl.wrong(
          "an invalid host name",
          "labels of letters, digits, hyphens and underscores with dots between them");
    }
    return host;
  }

  private static boolean isIpv6(String text) {
    try {
      return new URI("http://" + text).getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static String toAscii(String text) {
    if (READ_DIFFERENTLY.matcher(text).find()) {
      throw HttpUrl.wrong(
          "a character that programs read differently in a host name",
          "the host in its ASCII form, which begins with xn--");
    }
    try {
      return IDN.toASCII(text);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw HttpUrl.wrong(
          "an invalid host name",
          "labels of letters, digits, hyphens and underscores with dots between them");
    }
  }
}
