package net.insightpulseai.bridge.address;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/** What one caller can be taken for: an IPv4 address, or the /64 network of an IPv6 one. */
public final class AddressGroup {

  /** Whatever is no address, and all beyond the limit. */
  public static final String OTHER = "other";

  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  // What begins like this and has a colon is never looked up as a name.
  private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9a-fA-F:][0-9a-fA-F:.]*");
  private static final int NETWORK_BYTES = 8;

  private AddressGroup() {}

  /**
   * The group of an address.
   *
   * @param address a literal, with or without brackets and a zone; no name is looked up
   */
  public static String of(String address) {
    String literal = address.replaceAll("^\\[|]$|%.*$", "");
    if (IPV4.matcher(literal).matches()) {
      return literal;
    }
    if (!IPV6.matcher(literal).matches()) {
      return OTHER;
    }
    try {
      InetAddress parsed = InetAddress.getByName(literal);
      if (!(parsed instanceof Inet6Address six)) {
        // ::ffff:192.0.2.1
        return parsed.getHostAddress();
      }
      return six.isLoopbackAddress() ? "::1" : network(six);
    } catch (UnknownHostException e) {
      return OTHER;
    }
  }

  private static String network(Inet6Address address) throws UnknownHostException {
    byte[] bytes = address.getAddress();
    Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
    String text = InetAddress.getByAddress(bytes).getHostAddress();
    return text.replaceAll("(:0){4}$", "") + "::/64";
  }
}
