package net.insightpulseai.bridge.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaitForTest {

  @ParameterizedTest
  @CsvSource({"0, 0", "5, 5000", "0.3, 300", "1.250, 1250", "3600, 3600000"})
  void secondsMayHaveParts(String text, long millis) {
    assertThat(WaitFor.seconds(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1s", "1e3", "3601", "99999", ".5", "0.0001", "NaN"})
  void whatIsNoSuchNumberIsNotTaken(String text) {
    assertThat(WaitFor.seconds(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "respond-async, 0",
    "Respond-Async, 0",
    "'respond-async, wait=5', 5000",
    "wait=7, 7000",
    "'return=minimal; wait=2', 2000"
  })
  void aPreferenceIsUnderstood(String prefer, long millis) {
    assertThat(WaitFor.preferred(prefer)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "return=minimal", "wait=soon", "await=5"})
  void anUnknownPreferenceIsNoError(String prefer) {
    assertThat(WaitFor.preferred(prefer)).isNull();
  }
}
