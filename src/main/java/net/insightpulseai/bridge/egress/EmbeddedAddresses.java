package net.insightpulseai.bridge.egress;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** IPv4 addresses within IPv6 addresses, to which a translator or a tunnel forwards packets. */
final class EmbeddedAddresses {

  private static final Cidr NAT64 = Cidr.of("64:ff9b::/96");
  private static final Cidr LOCAL_NAT64 = Cidr.of("64:ff9b:1::/48");
  private static final Cidr TRANSLATED = Cidr.of("::ffff:0:0:0/96");
  private static final Cidr COMPATIBLE = Cidr.of("::/96");
  private static final Cidr SIX_TO_FOUR = Cidr.of("2002::/16");
  private static final Cidr TEREDO = Cidr.of("2001::/32");

  private EmbeddedAddresses() {}

  /** The address itself, and every IPv4 address that is reached through it. */
  static List<InetAddress> with(InetAddress address) {
    List<InetAddress> all = new ArrayList<>();
    all.add(plain(address.getAddress()));
    if (!(all.get(0) instanceof Inet6Address six)) {
      return all;
    }
    byte[] bytes = six.getAddress();
    if (NAT64.contains(six)
        || LOCAL_NAT64.contains(six)
        || TRANSLATED.contains(six)
        || (COMPATIBLE.contains(six) && !six.isLoopbackAddress() && !six.isAnyLocalAddress())) {
      all.add(plain(Arrays.copyOfRange(bytes, 12, 16)));
    } else if (SIX_TO_FOUR.contains(six)) {
      all.add(plain(Arrays.copyOfRange(bytes, 2, 6)));
    } else if (TEREDO.contains(six)) {
      all.add(plain(Arrays.copyOfRange(bytes, 4, 8)));
      byte[] client = Arrays.copyOfRange(bytes, 12, 16);
      for (int i = 0; i < client.length; i++) {
        client[i] ^= (byte) 0xff;
      }
      all.add(plain(client));
    }
    return all;
  }

  /** Without name and zone; Java makes an IPv4 address of an IPv4-mapped one. */
  private static InetAddress plain(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address of " + bytes.length + " bytes", e);
    }
  }
}
