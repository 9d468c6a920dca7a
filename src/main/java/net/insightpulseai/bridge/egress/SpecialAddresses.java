package net.insightpulseai.bridge.egress;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that are not public: IANA's registries of special-purpose addresses, and those where
 * clouds hand out credentials.
 */
final class SpecialAddresses {

  private static final List<Kind> KINDS =
      List.of(
          kind("an address of this machine", "0.0.0.0/8", "127.0.0.0/8", "::/128", "::1/128"),
          kind("a private address", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"),
          kind("a link-local address", "169.254.0.0/16", "fe80::/10"),
          kind("an address behind a carrier's NAT", "100.64.0.0/10"),
          kind("a multicast address", "224.0.0.0/4", "ff00::/8"),
          kind(
              "an address for documentation",
              "192.0.2.0/24",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "2001:db8::/32",
              "3fff::/20"),
          kind("an address for benchmarks", "198.18.0.0/15", "2001:2::/48"),
          kind(
              "a reserved address",
              "192.0.0.0/24",
              "192.31.196.0/24",
              "192.52.193.0/24",
              "192.88.99.0/24",
              "192.175.48.0/24",
              "240.0.0.0/4",
              "64:ff9b:1::/48",
              "100::/64",
              "100:0:0:1::/64",
              "2001::/23",
              "2002::/16",
              "2620:4f:8000::/48",
              "5f00::/16",
              "fec0::/10",
              // Addresses that hold an IPv4 address in one of the old ways.
              "::/96",
              "::ffff:0:0:0/96"));

  private static final Kind METADATA =
      kind(
          "an address where a cloud hands out the credentials of a machine",
          "169.254.169.254",
          "169.254.169.253",
          "169.254.170.2",
          "169.254.170.23",
          "169.254.42.42",
          "169.254.0.23",
          "100.100.100.200",
          "168.63.129.16",
          "192.0.0.192",
          "fd00:ec2::23",
          "fd00:ec2::253",
          "fd00:ec2::254",
          "fd20:ce::254",
          "fd00:42::42");

  private SpecialAddresses() {}

  /** The kind of an address that is not public, else null. */
  static @Nullable String kindOf(InetAddress address) {
    for (Kind kind : KINDS) {
      if (kind.contains(address)) {
        return kind.name();
      }
    }
    return null;
  }

  /** The kind of an address that no setting may allow, else null. */
  static @Nullable String neverAllowed(InetAddress address) {
    return METADATA.contains(address) ? METADATA.name() : null;
  }

  private static Kind kind(String name, String... ranges) {
    return new Kind(name, List.of(ranges).stream().map(Cidr::of).toList());
  }

  private record Kind(String name, List<Cidr> ranges) {

    boolean contains(InetAddress address) {
      return ranges.stream().anyMatch(range -> range.contains(address));
    }
  }
}
