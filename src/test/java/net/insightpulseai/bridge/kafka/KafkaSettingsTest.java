package net.insightpulseai.bridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class KafkaSettingsTest {

  @ParameterizedTest
  @ValueSource(strings = {"kafka:9092", "a-1.example.com:9092, 10.0.0.1:9093", "[::1]:9092"})
  void serversAreHostsWithPorts(String servers) {
    assertThat(settings(servers, 1000).configured()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"kafka", "kafka:port", "http://kafka:9092", "a:1;b:2", "a:1,,b:2"})
  void otherTextsAreRefused(String servers) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(servers, 1000))
        .withMessageContaining("bridge.kafka.bootstrap-servers must be host:port")
        .withMessageContaining(servers);
  }

  @Test
  void withoutServersNothingIsConfigured() {
    assertThat(settings(" ", 1000).configured()).isFalse();
  }

  @Test
  void aRecordHasASensibleSize() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings("", 0))
        .withMessageContaining("bridge.kafka.max-record must be 1KB to 10MB");
    assertThatIllegalArgumentException().isThrownBy(() -> settings("", 20_000));
    assertThat(settings("", 1000).maxRequest()).isLessThan(1_048_588);
  }

  private static KafkaSettings settings(String servers, long kilobytes) {
    return new KafkaSettings(
        servers, DataSize.ofKilobytes(kilobytes), "/bridge", List.of(Duration.ofSeconds(1)));
  }
}
