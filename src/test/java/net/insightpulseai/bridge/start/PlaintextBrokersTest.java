package net.insightpulseai.bridge.start;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import net.insightpulseai.bridge.config.PlaintextHosts;
import net.insightpulseai.bridge.config.StartRefused;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Brokers on another machine are called with TLS, unless an operator has said otherwise. */
class PlaintextBrokersTest {

  private static final PlaintextHosts ALLOWED = new PlaintextHosts(Set.of("kafka"));

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "127.0.0.1:9092; PLAINTEXT",
        "kafka:9092,localhost:9092; SASL_PLAINTEXT",
        "kafka.example.com:9092; SSL",
        "kafka.example.com:9092; SASL_SSL",
        "''; PLAINTEXT"
      })
  void theseMayBeCalled(String servers, String protocol) {
    assertThatCode(() -> PlaintextCalls.checkBrokers(servers, protocol, ALLOWED))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"kafka.example.com:9092; PLAINTEXT", "kafka:9092, 203.0.113.5:9092; SASL_PLAINTEXT"})
  void theseMayNot(String servers, String protocol) {
    assertThatThrownBy(() -> PlaintextCalls.checkBrokers(servers, protocol, ALLOWED))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("bridge.kafka.bootstrap-servers")
        .hasMessageContaining("bridge.plaintext-hosts");
  }
}
