package net.insightpulseai.bridge.egress;

import java.net.InetAddress;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/** A range of addresses, as in {@code 10.0.0.0/8}. */
record Cidr(String text, IpAddressMatcher matcher) {

  static Cidr of(String text) {
    return new Cidr(text, new IpAddressMatcher(text));
  }

  static boolean isReadable(String text) {
    try {
      of(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  boolean contains(InetAddress address) {
    String host = address.getHostAddress();
    int zone = host.indexOf('%');
    return matcher.matches(zone < 0 ? host : host.substring(0, zone));
  }
}
