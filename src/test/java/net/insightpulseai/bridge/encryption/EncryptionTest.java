package net.insightpulseai.bridge.encryption;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptionTest {

  private static final String ONE = key(1);
  private static final String TWO = key(2);
  private static final byte[] TEXT = "{\"name\":\"Zoë Müller\"}".getBytes(UTF_8);

  private final DefaultCamelContext camel = new DefaultCamelContext();

  private static String key(int fill) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) fill);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private Encryption with(String... keys) {
    return forPurpose("secret", keys);
  }

  private Encryption forPurpose(String purpose, String... keys) {
    return new Encryption(
        camel, new FreshInitVector(), new EncryptionSettings(List.of(keys)), purpose);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 31, 32, 33, 4063, 4064, 4095, 4096, 4097, 8192, 1_000_003})
  void whatWasSealedIsOpenedWhateverItsLength(int length) {
    byte[] plain = new byte[length];
    Arrays.fill(plain, (byte) 'x');
    Sealed sealed = with(ONE).seal(plain);
    assertThat(with(ONE).open(sealed.bytes(), sealed.keyId())).isEqualTo(plain);
  }

  @Test
  void whatIsSealedDoesNotShowWhatItHolds() {
    assertThat(new String(with(ONE).seal(TEXT).bytes(), UTF_8)).doesNotContain("Zo", "name");
  }

  @Test
  void theSameTextLooksDifferentEachTime() {
    assertThat(with(ONE).seal(TEXT).bytes()).isNotEqualTo(with(ONE).seal(TEXT).bytes());
  }

  @Test
  void everyByteThatIsAlteredIsNoticed() {
    Encryption encryption = with(ONE);
    Sealed sealed = encryption.seal(TEXT);
    for (int i = 0; i < sealed.bytes().length; i++) {
      for (int bit : new int[] {1, 128}) {
        byte[] altered = sealed.bytes().clone();
        altered[i] ^= (byte) bit;
        assertThatThrownBy(() -> encryption.open(altered, sealed.keyId()))
            .isInstanceOf(CannotOpen.class)
            .hasMessageContaining("it was altered")
            .hasNoCause();
      }
    }
  }

  @Test
  void whatWasCutShortIsNoticed() {
    Encryption encryption = with(ONE);
    Sealed sealed = encryption.seal(TEXT);
    for (int length = 0; length < sealed.bytes().length; length++) {
      byte[] cut = Arrays.copyOf(sealed.bytes(), length);
      assertThatThrownBy(() -> encryption.open(cut, sealed.keyId())).isInstanceOf(CannotOpen.class);
    }
  }

  @Test
  void aFormerKeyStillOpensAndTheFirstOneSeals() {
    Sealed old = with(ONE).seal(TEXT);
    Encryption rotated = with(TWO, ONE);
    assertThat(rotated.open(old.bytes(), old.keyId())).isEqualTo(TEXT);
    assertThat(rotated.seal(TEXT).keyId()).isEqualTo(rotated.keyId()).isNotEqualTo(old.keyId());
  }

  @Test
  void aMissingKeyIsNamedByItsId() {
    Sealed sealed = with(ONE).seal(TEXT);
    assertThatThrownBy(() -> with(TWO).open(sealed.bytes(), sealed.keyId()))
        .isInstanceOfSatisfying(
            CannotOpen.class, e -> assertThat(e.reason()).isEqualTo(CannotOpen.Reason.KEY_MISSING))
        .hasMessageContaining(sealed.keyId())
        .hasMessageNotContaining(ONE);
    // The first 8 digits of: printf '\1%.0s' {1..32} | sha256sum
    assertThat(sealed.keyId()).isEqualTo("72cd6e84");
  }

  @Test
  void whatWasSealedForOnePurposeIsNotOpenedForAnother() {
    Sealed secret = forPurpose("secret", ONE).seal(TEXT);
    assertThatThrownBy(() -> forPurpose("dead letter", ONE).open(secret.bytes(), secret.keyId()))
        .isInstanceOf(CannotOpen.class);
  }

  @Test
  void withoutAKeyNothingIsSealed() {
    assertThat(with().available()).isFalse();
    assertThat(with(ONE).available()).isTrue();
    assertThatThrownBy(() -> with().seal(TEXT)).hasMessage("bridge.encryption-key is not set");
  }
}
