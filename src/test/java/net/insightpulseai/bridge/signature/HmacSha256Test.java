package net.insightpulseai.bridge.signature;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HmacSha256Test {

  /** RFC 4231, test case 2. */
  @Test
  void signsAsTheStandardSays() {
    assertThat(HmacSha256.hex("Jefe", "what do ya want for nothing?".getBytes(US_ASCII)))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  }

  @Test
  void partsAreSignedAsOneText() {
    byte[] key = {1};
    assertThat(HmacSha256.of(key, new byte[] {1, 2}, new byte[] {3}))
        .isEqualTo(HmacSha256.of(key, new byte[] {1, 2, 3}));
  }

  @Test
  void emptySecretSignsNothing() {
    assertThatThrownBy(() -> HmacSha256.hex("", new byte[] {1}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
