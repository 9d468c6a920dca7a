package net.insightpulseai.bridge.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TracingSettingsTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          127.0.0.1:4318, '', 1, bridge, bridge.tracing.endpoint
          http://127.0.0.1:4318/?a=b, '', 1, bridge, bridge.tracing.endpoint
          http://127.0.0.1:4318, secret, 1, bridge, bridge.tracing.headers
          http://127.0.0.1:4318, 'a b=secret', 1, bridge, bridge.tracing.headers
          http://127.0.0.1:4318, 'a=', 1, bridge, bridge.tracing.headers
          http://127.0.0.1:4318, '', 1.1, bridge, bridge.tracing.sample-ratio
          http://127.0.0.1:4318, '', -0.1, bridge, bridge.tracing.sample-ratio
          http://127.0.0.1:4318, '', NaN, bridge, bridge.tracing.sample-ratio
          http://127.0.0.1:4318, '', 1, ' ', bridge.tracing.service-name
          """)
  void aWrongOneIsNamedWithoutAKey(
      String endpoint, String headers, double ratio, String service, String key) {
    assertThatThrownBy(() -> new TracingSettings(endpoint, headers, ratio, service))
        .hasMessageContaining(key)
        .message()
        .doesNotContain("secret");
  }

  @Test
  void withoutAnEndpointItIsOff() {
    assertThat(new TracingSettings(" ", "", 1, "bridge").on()).isFalse();
    assertThat(new TracingSettings("http://127.0.0.1:4318/", "a=b", 1, "bridge").toString())
        .isEqualTo("TracingSettings[http://127.0.0.1:4318, 1.0]");
  }
}
