package net.insightpulseai.bridge.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.insightpulseai.bridge.config.StartRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptionSettingsTest {

  private static final String GOOD = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "changeme",
        "not base64 at all!",
        "MDEyMzQ1Njc4OTAxMjM0NQ==",
        "30313233343536373839303132333435363738393031323334353637383930313"
      })
  void aWrongKeyRefusesTheStartInOneLineWithoutShowingIt(String wrong) {
    assertThatThrownBy(() -> new EncryptionSettings(List.of(GOOD, wrong)))
        .isInstanceOf(StartRefused.class)
        .hasMessage(
            "bridge.encryption-key (BRIDGE_ENCRYPTION_KEY): found an invalid key (2 of 2, not shown),"
                + " expected 32 random bytes in base64, as printed by: openssl rand -base64 32")
        .hasMessageNotContaining(wrong);
  }

  @Test
  void noKeyAtAllIsFine() {
    assertThat(new EncryptionSettings(List.of("", " ")).keys()).isEmpty();
    assertThat(new EncryptionSettings(List.of(GOOD)).keys()).hasSize(1);
    assertThat(new EncryptionSettings(List.of(GOOD))).hasToString("EncryptionSettings[1 keys]");
  }
}
