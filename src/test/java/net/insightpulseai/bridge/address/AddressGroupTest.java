package net.insightpulseai.bridge.address;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressGroupTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,                        127.0.0.1",
    "203.0.113.77,                     203.0.113.77",
    "2001:db8:1:2:3:4:5:6,             2001:db8:1:2::/64",
    "2001:0DB8:0001:0002::1,           2001:db8:1:2::/64",
    "[2001:db8:1:2:ffff::1],           2001:db8:1:2::/64",
    "fe80::1%eth0,                     fe80:0:0:0::/64",
    "::ffff:203.0.113.77,              203.0.113.77",
    "::1,                              ::1",
    "0:0:0:0:0:0:0:1,                  ::1",
    "unknown,                          other",
    "evil.example.com,                 other",
    "1.2.3,                            other",
    "::zz,                             other",
    "1:2,                              other",
    ".:1,                              other",
    "'',                               other"
  })
  void isOneCallerAtMost(String address, String group) {
    assertThat(AddressGroup.of(address)).isEqualTo(group);
  }
}
