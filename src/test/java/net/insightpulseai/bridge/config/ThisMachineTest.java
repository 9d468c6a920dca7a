package net.insightpulseai.bridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThisMachineTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LocalHost",
        "127.0.0.1",
        "127.1.2.3",
        "127.255.255.255",
        "::1",
        "[::1]"
      })
  void isTheLoopbackInterface(String host) {
    assertThat(ThisMachine.is(host)).isTrue();
    assertThat(PlaintextHosts.NONE.allow(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.example.com",
        "127.0.0.1.example.com",
        "127.0.0",
        "127.1",
        "127.0.0.256",
        "127.0.0.1.1",
        "127.0.0.01",
        "127.0.0.a",
        "127.",
        "localhost.example.com",
        "::11",
        "[::1",
        "10.0.0.1",
        ""
      })
  void isAnotherMachine(String host) {
    assertThat(ThisMachine.is(host)).isFalse();
    assertThat(PlaintextHosts.NONE.allow(host)).isFalse();
    assertThat(new PlaintextHosts(Set.of("127.example.com")).allow("127.Example.com")).isTrue();
  }
}
