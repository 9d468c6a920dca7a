package net.insightpulseai.bridge.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.insightpulseai.bridge.config.StartRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IngestSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "0,256,bridge.ingest.writers",
    "33,256,bridge.ingest.writers",
    "2,0,bridge.ingest.batch"
  })
  void aSettingOutOfItsRangeRefusesTheStartByItsName(int writers, int batch, String key) {
    assertThatThrownBy(() -> new IngestSettings(writers, batch, Duration.ZERO))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining(key);
  }

  @Test
  void settingsWithinTheirRangesAreTaken() {
    assertThat(new IngestSettings(32, 10_000, Duration.ofHours(1)).batch()).isEqualTo(10_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-1S", "PT1H1S"})
  void theTimeOfEventsWithoutAnIdHasBounds(String window) {
    assertThatThrownBy(() -> new IngestSettings(1, 1, Duration.parse(window)))
        .hasMessage(
            "bridge.ingest.dedupe-unkeyed: found "
                + window
                + ", expected a duration from 0s, which is off, to 1h, such as 5m");
  }
}
