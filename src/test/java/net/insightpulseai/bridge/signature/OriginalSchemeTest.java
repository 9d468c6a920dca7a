package net.insightpulseai.bridge.signature;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginalSchemeTest {

  private static final byte[] BODY = "{\"event_type\":\"a\"}".getBytes(UTF_8);
  private static final String RIGHT = HmacSha256.hex("secret", BODY);

  private final OriginalScheme scheme = new OriginalScheme(List.of("secret", "older"));

  @Test
  void lowerAndUpperCaseAndPrefixAreAccepted() {
    assertThat(scheme.matches(RIGHT, BODY)).isTrue();
    assertThat(scheme.matches(RIGHT.toUpperCase(Locale.ROOT), BODY)).isTrue();
    assertThat(scheme.matches("sha256=" + RIGHT, BODY)).isTrue();
    assertThat(scheme.matches("SHA256=" + RIGHT, BODY)).isTrue();
  }

  @Test
  void everyLiveSecretIsAccepted() {
    assertThat(scheme.matches(HmacSha256.hex("older", BODY), BODY)).isTrue();
    assertThat(scheme.matches(HmacSha256.hex("retired", BODY), BODY)).isFalse();
  }

  @Test
  void noSecretMatchesNothing() {
    assertThat(new OriginalScheme(List.of()).matches(RIGHT, BODY)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "dummy",
        "sha256=",
        "sha512=",
        "zz",
        "\u00e4\u00f6\u00fc",
        "\u0661\u0662",
        " "
      })
  void whateverElseIsAMismatchAndNeverAnError(String claimed) {
    assertThat(scheme.matches(claimed, BODY)).isFalse();
  }

  @Test
  void wrongLengthIsAMismatch() {
    assertThat(scheme.matches(RIGHT.substring(1), BODY)).isFalse();
    assertThat(scheme.matches(RIGHT + "0", BODY)).isFalse();
    assertThat(scheme.matches(RIGHT + RIGHT, BODY)).isFalse();
    assertThat(scheme.matches("sha256=sha256=" + RIGHT, BODY)).isFalse();
  }

  @Test
  void oneChangedByteIsAMismatch() {
    for (int i = 0; i < BODY.length; i++) {
      byte[] changed = BODY.clone();
      changed[i] ^= 1;
      assertThat(scheme.matches(RIGHT, changed)).isFalse();
    }
  }

  @Test
  void bytesAreSignedWhateverTheyMean() {
    for (byte[] body :
        List.of(
            "caf\u00e9".getBytes(ISO_8859_1),
            new byte[] {(byte) 0xff, (byte) 0xfe, 0},
            "\ufeff{}".getBytes(UTF_8),
            new byte[0])) {
      assertThat(scheme.matches(HmacSha256.hex("secret", body), body)).isTrue();
    }
  }
}
