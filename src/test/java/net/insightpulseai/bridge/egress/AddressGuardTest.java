package net.insightpulseai.bridge.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses a subscriber may be at. */
class AddressGuardTest {

  private final AddressGuard guard = guard();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "1.1.1.1",
        "172.15.255.255",
        "172.32.0.1",
        "100.63.255.255",
        "100.128.0.1",
        "169.253.255.255",
        "192.169.0.1",
        "198.17.255.255",
        "198.20.0.1",
        "223.255.255.255",
        "2606:4700::1111",
        "2001:4860:4860::8888",
        "64:ff9b::808:808"
      })
  void aPublicAddressIsCalled(String address) throws UnknownHostException {
    assertThat(guard.resolve(address)).containsExactly(InetAddress.getByName(address));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255"})
  void aPrivateAddressIsRefused(String address) {
    assertRefused(address, "a private address");
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.168.1.1", "fc00::1", "fd12:3456::1"})
  void aHomeNetworkOrAUniqueLocalAddressIsRefused(String address) {
    assertRefused(address, "a private address");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "::1", "::"})
  void theMachineItselfIsRefused(String address) {
    assertRefused(address, "an address of this machine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"169.254.1.1", "fe80::1", "febf::1"})
  void aLinkLocalAddressIsRefused(String address) {
    assertRefused(address, "a link-local address");
  }

  @ParameterizedTest
  @CsvSource({
    "100.64.0.1, carrier's NAT",
    "224.0.0.1, multicast",
    "239.255.255.250, multicast",
    "ff02::1, multicast",
    "192.0.2.1, documentation",
    "198.51.100.1, documentation",
    "203.0.113.1, documentation",
    "2001:db8::1, documentation",
    "3fff:fff::1, documentation",
    "198.18.0.1, benchmarks",
    "198.19.255.255, benchmarks",
    "2001:2::1, benchmarks",
    "192.0.0.8, reserved",
    "192.88.99.1, reserved",
    "240.0.0.1, reserved",
    "255.255.255.255, reserved",
    "100::1, reserved",
    "2001:10::1, reserved",
    "5f00::1, reserved",
    "fec0::1, reserved"
  })
  void whatIanaReservesIsRefused(String address, String kind) {
    assertRefused(address, kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "::ffff:10.0.0.1",
        "::10.0.0.1",
        "::ffff:0:10.0.0.1",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::10.0.0.1",
        "2002:a00:1::1",
        "2001:0:a00:1::1",
        "2001:0:808:808::f5ff:fffe"
      })
  void anIpv6AddressIsNoWayAroundForAnIpv4Address(String address) {
    assertRefused(address, "");
    // Allowing all of IPv6 does not allow the IPv4 address in it, either.
    assertThatThrownBy(() -> guard("::/0").resolve(address))
        .isInstanceOf(EgressRefused.class)
        .hasMessageContaining("10.0.0.1, a private address");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.170.2",
        "100.100.100.200",
        "168.63.129.16",
        "fd00:ec2::254",
        "::ffff:169.254.169.254",
        "64:ff9b::a9fe:a9fe",
        "2002:a9fe:a9fe::1"
      })
  void aCloudsMetadataIsRefusedEvenWhereARangeAllowsIt(String address) {
    assertThatThrownBy(
            () -> guard("0.0.0.0/0", "::/0", "169.254.169.254/32", "fd00::/8").resolve(address))
        .isInstanceOf(EgressRefused.class)
        .hasMessageContaining("no setting allows that");
  }

  @Test
  void anAllowedRangeIsCalledAndItsNeighboursAreNot() throws UnknownHostException {
    AddressGuard allowing = guard("10.20.0.0/16", "fd12::/16");

    assertThat(allowing.resolve("10.20.30.40")).hasSize(1);
    assertThat(allowing.resolve("::ffff:10.20.30.40")).hasSize(1);
    assertThat(allowing.resolve("64:ff9b::10.20.30.40")).hasSize(1);
    assertThat(allowing.resolve("fd12::1")).hasSize(1);
    assertThatThrownBy(() -> allowing.resolve("10.21.0.1")).isInstanceOf(EgressRefused.class);
    assertThatThrownBy(() -> allowing.resolve("fd13::1")).isInstanceOf(EgressRefused.class);
  }

  @Test
  void theRefusalNamesTheHostTheAddressAndTheSetting() {
    assertThatThrownBy(() -> answering("hooks.example", "10.1.2.3").resolve("hooks.example"))
        .hasMessage(
            "hooks.example is at 10.1.2.3, a private address; to allow it, add its range to"
                + " bridge.egress.allow (BRIDGE_EGRESS_ALLOW)");
  }

  @Test
  void oneForbiddenAddressAmongSeveralRefusesTheName() {
    assertThatThrownBy(
            () ->
                answering("hooks.example", "93.184.216.34", "2606:4700::1", "10.0.0.5")
                    .resolve("hooks.example"))
        .isInstanceOf(EgressRefused.class)
        .hasMessageContaining("10.0.0.5");
  }

  @Test
  void aNameWithoutAnAddressIsNoRefusalOfOurs() {
    assertThatThrownBy(() -> guard.resolve("no-such-host.invalid"))
        .isInstanceOf(UnknownHostException.class)
        .isNotInstanceOf(EgressRefused.class)
        .hasMessageContaining("no-such-host.invalid has no address");
  }

  private void assertRefused(String address, String kind) {
    assertThatThrownBy(() -> guard.resolve(address))
        .isInstanceOf(EgressRefused.class)
        .hasMessageContaining(kind)
        .hasMessageContaining("bridge.egress.allow");
  }

  private static AddressGuard guard(String... allowed) {
    return new AddressGuard(new EgressSettings(List.of(allowed)), new SystemLookup());
  }

  private static AddressGuard answering(String name, String... addresses)
      throws UnknownHostException {
    List<InetAddress> found = new ArrayList<>();
    for (String address : addresses) {
      found.add(InetAddress.getByAddress(name, InetAddress.getByName(address).getAddress()));
    }
    return new AddressGuard(new EgressSettings(List.of()), host -> found);
  }
}
