package net.insightpulseai.bridge.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignatureSettingsTest {

  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

  @Test
  void oneSecretServesBothDirections() {
    SignatureSettings settings = new SignatureSettings("a,b", List.of(), "", FIVE_MINUTES);
    assertThat(settings.inboundSecrets()).containsExactly("a,b");
    assertThat(settings.outboundSecret()).isEqualTo("a,b");
  }

  @Test
  void ownSecretsWin() {
    SignatureSettings settings =
        new SignatureSettings("both", List.of("new", "old"), "out", FIVE_MINUTES);
    assertThat(settings.inboundSecrets()).containsExactly("new", "old");
    assertThat(settings.outboundSecret()).isEqualTo("out");
  }

  @Test
  void blankSecretIsNoSecret() {
    SignatureSettings settings = new SignatureSettings(" ", List.of("", " "), " ", FIVE_MINUTES);
    assertThat(settings.inboundSecrets()).isEmpty();
    assertThat(settings.outboundSecret()).isEmpty();
  }

  @Test
  void secretsAreNotPrinted() {
    assertThat(new SignatureSettings("hush", List.of("quiet"), "still", FIVE_MINUTES).toString())
        .doesNotContain("hush", "quiet", "still");
  }

  @Test
  void toleranceThatRefusesAllIsAnError() {
    assertThatThrownBy(() -> new SignatureSettings("", List.of(), "", Duration.ZERO))
        .hasMessageContaining("bridge.signature.tolerance");
  }
}
