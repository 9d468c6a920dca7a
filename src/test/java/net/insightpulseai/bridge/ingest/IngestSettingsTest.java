package net.insightpulseai.bridge.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.insightpulseai.bridge.config.StartRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IngestSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "0,256,bridge.ingest.writers",
    "33,256,bridge.ingest.writers",
    "2,0,bridge.ingest.batch"
  })
  void aSettingOutOfItsRangeRefusesTheStartByItsName(int writers, int batch, String key) {
    assertThatThrownBy(() -> new IngestSettings(writers, batch))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining(key);
  }

  @Test
  void settingsWithinTheirRangesAreTaken() {
    assertThat(new IngestSettings(32, 10_000).batch()).isEqualTo(10_000);
  }
}
