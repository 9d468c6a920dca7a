package net.insightpulseai.bridge.egress;

import java.net.IDN;
import java.util.regex.Pattern;

/** The host of a URL, in a form that every program reads the same way. */
final class HostText {

  private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-fA-F:.]{2,45}]");
  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  // What resolvers take for a number: 2130706433, 0x7f.1, 0177.0.0.1 and 127.1 are all 127.0.0.1.
  private static final Pattern ENDS_IN_A_NUMBER =
      Pattern.compile("(.*\\.)?(\\d+|0[xX][0-9a-fA-F]*)");
  private static final Pattern NAME =
      Pattern.compile(
          "(?i)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final int LONGEST = 253;

  private HostText() {}

  /**
   * The host in ASCII.
   *
   * @throws IllegalArgumentException if there is none, or programs could read it differently
   */
  static String ascii(String text) {
    if (text.isEmpty()) {
      throw SubscriberUrl.wrong("no host", "one after the //");
    }
    if (text.startsWith("[")) {
      if (!IPV6.matcher(text).matches() || !Cidr.isReadable(text.substring(1, text.length() - 1))) {
        throw SubscriberUrl.wrong(
            "brackets without an IPv6 address in them", "an IPv6 address without a zone");
      }
      return text;
    }
    String host = toAscii(text);
    if (IPV4.matcher(host).matches()) {
      return host;
    }
    if (ENDS_IN_A_NUMBER.matcher(host).matches()) {
      throw SubscriberUrl.wrong(
          "a host that is a number in an unusual notation",
          "a name, or an IPv4 address of four decimal numbers");
    }
    if (host.length() > LONGEST || !NAME.matcher(host).matches()) {
      throw SubscriberUrl.wrong(
          "an invalid host name", "labels of letters, digits and hyphens with dots between them");
    }
    return host;
  }

  private static String toAscii(String text) {
    try {
      return IDN.toASCII(text, IDN.USE_STD3_ASCII_RULES);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw SubscriberUrl.wrong(
          "an invalid host name", "labels of letters, digits and hyphens with dots between them");
    }
  }
}
