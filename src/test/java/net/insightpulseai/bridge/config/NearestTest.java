package net.insightpulseai.bridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

  private static final List<String> KNOWN =
      List.of("event-types", "sources", "slots", "slots-per-target", "to", "process", "log");

  @ParameterizedTest
  @CsvSource({
    "event-typs, event-types",
    "evnet-types, event-types",
    "slotz, slots",
    "SLOTS, slots",
    "proces, process",
    "lgo, log",
    "ot, to",
    "applyMagic,",
    "x,",
    "'',"
  })
  void aSlipIsRecognizedAndNothingElse(String written, String meant) {
    assertThat(Nearest.of(written, KNOWN)).isEqualTo(meant);
    assertThat(Nearest.hint(written, KNOWN))
        .isEqualTo(meant == null ? "" : " (did you mean \"" + meant + "\"?)");
  }

  @Test
  void aSwapIsOneEdit() {
    assertThat(Nearest.distance("lgo", "log")).isEqualTo(1);
    assertThat(Nearest.distance("", "log")).isEqualTo(3);
    assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0s",
    "PT0.5S, 500ms",
    "PT75S, 75s",
    "PT5M, 5m",
    "PT90M, 90m",
    "PT48H, 2d",
    "PT5H, 5h",
    "PT-1S, -1s"
  })
  void aDurationIsWrittenAsInApplicationYaml(Duration duration, String text) {
    assertThat(DurationText.of(duration)).isEqualTo(text);
  }
}
