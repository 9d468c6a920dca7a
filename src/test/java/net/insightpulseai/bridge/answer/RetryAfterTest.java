package net.insightpulseai.bridge.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a target asks to wait. */
class RetryAfterTest {

  private static final Instant NOW = Instant.parse("2026-11-08T21:45:00Z");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "139",
        " 139 ",
        "Sun, 08 Nov 2026 21:47:19 GMT",
        "Sunday, 08-Nov-26 21:47:19 GMT",
        "Sun Nov  8 21:47:19 2026",
        "Sun Nov 8 21:47:19 2026"
      })
  void eachFormOfRfc9110IsRead(String header) {
    assertThat(RetryAfter.read(header, NOW)).isEqualTo(Duration.ofSeconds(139));
  }

  @Test
  void twoDigitsOfADayAreReadInAsctimesFormAsWell() {
    assertThat(RetryAfter.read("Sat Nov 28 21:47:19 2026", Instant.parse("2026-11-28T21:47:00Z")))
        .isEqualTo(Duration.ofSeconds(19));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-5", "1.5", "Sat Nov 31 21:47:19 2026", "2026-11-08"})
  void whatIsNeitherIsIgnored(String header) {
    assertThat(RetryAfter.read(header, NOW)).isNull();
  }

  @Test
  void aTimeThatIsPastIsNowAndAFarOneIsCut() {
    assertThat(RetryAfter.read("Sat Nov  7 21:47:19 2026", NOW)).isZero();
    assertThat(RetryAfter.read("Tue Dec  8 21:47:19 2026", NOW)).isEqualTo(RetryAfter.LONGEST);
  }
}
