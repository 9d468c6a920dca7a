package net.insightpulseai.bridge.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleTest {

  @Test
  void withoutVariablesEverythingIsMeasuredThreeTimes() {
    Scale scale = Scale.of(Map.of());
    assertThat(scale.only()).containsExactly(MeasureName.values());
    assertThat(scale.rounds()).isEqualTo(3);
    assertThat(scale.coldSeconds()).isEqualTo(30);
    assertThat(scale.hot()).isEqualTo(300_000);
    assertThat(scale.finished()).isEqualTo(1_000_000);
    assertThat(scale.settings()).isEmpty();
  }

  @Test
  void someAreChosenAndShort() {
    Scale scale =
        Scale.of(
            Map.of(
                "BENCH_QUICK", "1",
                "BENCH_ONLY", "drain, ingest",
                "BENCH_SECONDS", "1",
                "BENCH_SETTINGS", " bridge.ingest.writers=4  bridge.outbox.slots=64 "));
    assertThat(scale.only()).containsExactly(MeasureName.INGEST, MeasureName.DRAIN);
    assertThat(scale.rounds()).isEqualTo(1);
    assertThat(scale.coldSeconds()).isEqualTo(3);
    assertThat(scale.settings())
        .containsExactly("bridge.ingest.writers=4", "bridge.outbox.slots=64");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          BENCH_QUICK       | yes         | found 'yes', expected 1 or nothing
          BENCH_ROUNDS      | 0           | found '0', expected a number from 1 to 99
          BENCH_ROWS        | a million   | found 'a million', expected a number from 1 to 100000000
          BENCH_CONNECTIONS | 99999999999 | expected a number from 1 to 1000
          BENCH_ONLY        | ingst       | found 'ingst', expected some of cold,ingest,pace
          BENCH_SETTINGS    | --writers 4 | found '--writers', expected settings of the bridge as key=value
          """)
  void aWrongVariableIsNamedWithWhatIsExpected(String name, String value, String message) {
    assertThatThrownBy(() -> Scale.of(Map.of(name, value)))
        .isInstanceOf(BenchFailure.class)
        .hasMessageStartingWith(name + ": ")
        .hasMessageContaining(message);
  }
}
