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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptionTest {

  private static final String ONE = key(1);
  private static final String TWO = key(2);
  private static final Binding HERE = new Binding("dead_letter", "odoo/7", "payload");
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
    return new Encryption(camel, new EncryptionSettings(List.of(keys)), purpose);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 31, 32, 33, 4063, 4064, 4095, 4096, 4097, 8192, 1_000_003})
  void whatWasSealedIsOpenedWhateverItsLength(int length) {
    byte[] plain = new byte[length];
    Arrays.fill(plain, (byte) 'x');
    Sealed sealed = with(ONE).seal(plain, HERE);
    assertThat(with(ONE).open(sealed.bytes(), sealed.keyId(), HERE)).isEqualTo(plain);
  }

  @Test
  void whatIsSealedDoesNotShowWhatItHolds() {
    assertThat(new String(with(ONE).seal(TEXT, HERE).bytes(), UTF_8)).doesNotContain("Zo", "name");
  }

  @Test
  void theSameTextLooksDifferentEachTime() {
    assertThat(with(ONE).seal(TEXT, HERE).bytes()).isNotEqualTo(with(ONE).seal(TEXT, HERE).bytes());
  }

  @Test
  void everyByteThatIsAlteredIsNoticed() {
    Encryption encryption = with(ONE);
    Sealed sealed = encryption.seal(TEXT, HERE);
    for (int i = 0; i < sealed.bytes().length; i++) {
      for (int bit : new int[] {1, 128}) {
        byte[] altered = sealed.bytes().clone();
        altered[i] ^= (byte) bit;
        assertThatThrownBy(() -> encryption.open(altered, sealed.keyId(), HERE))
            .isInstanceOf(CannotOpen.class)
            .hasMessageContaining("it was altered")
            .hasNoCause();
      }
    }
  }

  @Test
  void whatWasCutShortIsNoticed() {
    Encryption encryption = with(ONE);
    Sealed sealed = encryption.seal(TEXT, HERE);
    for (int length = 0; length < sealed.bytes().length; length++) {
      byte[] cut = Arrays.copyOf(sealed.bytes(), length);
      assertThatThrownBy(() -> encryption.open(cut, sealed.keyId(), HERE))
          .isInstanceOf(CannotOpen.class);
    }
  }

  @Test
  void aFormerKeyStillOpensAndTheFirstOneSeals() {
    Sealed old = with(ONE).seal(TEXT, HERE);
    Encryption rotated = with(TWO, ONE);
    assertThat(rotated.open(old.bytes(), old.keyId(), HERE)).isEqualTo(TEXT);
    assertThat(rotated.seal(TEXT, HERE).keyId())
        .isEqualTo(rotated.keyId())
        .isNotEqualTo(old.keyId());
  }

  @Test
  void aMissingKeyIsNamedByItsId() {
    Sealed sealed = with(ONE).seal(TEXT, HERE);
    assertThatThrownBy(() -> with(TWO).open(sealed.bytes(), sealed.keyId(), HERE))
        .isInstanceOfSatisfying(
            CannotOpen.class, e -> assertThat(e.reason()).isEqualTo(CannotOpen.Reason.KEY_MISSING))
        .hasMessageContaining(sealed.keyId())
        .hasMessageNotContaining(ONE);
    // The first 8 digits of: printf '\1%.0s' {1..32} | sha256sum
    assertThat(sealed.keyId()).isEqualTo("72cd6e84");
  }

  @Test
  void whatWasSealedForOnePurposeIsNotOpenedForAnother() {
    Sealed secret = forPurpose("secret", ONE).seal(TEXT, HERE);
    assertThatThrownBy(
            () -> forPurpose("dead letter", ONE).open(secret.bytes(), secret.keyId(), HERE))
        .isInstanceOf(CannotOpen.class);
  }

  @ParameterizedTest
  @CsvSource({
    "dead_letter, odoo/8,         payload",
    "dead_letter, subscriber:1/7, payload",
    "subscriber,  odoo/7,         payload",
    "dead_letter, odoo/7,         secrets"
  })
  void whatWasSealedForOneRowIsNotOpenedInAnother(String table, String row, String field) {
    Encryption encryption = with(ONE);
    Sealed sealed = encryption.seal(TEXT, HERE);
    Binding there = new Binding(table, row, field);
    assertThatThrownBy(() -> encryption.open(sealed.bytes(), sealed.keyId(), there))
        .isInstanceOfSatisfying(
            CannotOpen.class, e -> assertThat(e.reason()).isEqualTo(CannotOpen.Reason.ALTERED))
        .hasMessage(
            "it is not what was encrypted with the key 72cd6e84 for this row: it was altered, or"
                + " copied from another row or field")
        .hasNoCause();
  }

  /** Bytes that an earlier version has written. */
  @ParameterizedTest
  @CsvSource({
    "secret,      whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=, AAAAEPKDm3+9T0B+uB/8ohOKTP3asoz28qFMMBAomrVk1zwbTNtfgWgpcl98FIFNkdaeEsURV8Jiwe+BAliJcQFSC/CuZODKjXhGU9XF4Jun7JM9YksdlG0dTVgbizYMJL+cZI5bhuOLSd15qAFsbHmNrn0=",
    "dead letter, {\"name\":\"Zoë Müller\"},                           AAAAEGODoVUcdITCIZXeyjZ+FdRwpopc19Iu7VCpHZA4pRO+ZVq+beXvC4KeDHPiLnNLkdY87p3R3yOPt+qLIh0l7tPFuTfWCHU3oTUinfi4575t"
  })
  void theFirstFormStaysReadableAlsoAfterARotation(String purpose, String text, String base64) {
    byte[] old = Base64.getDecoder().decode(base64);
    assertThat(Encryption.keyIdOf(old)).isNull();
    for (Encryption later : List.of(forPurpose(purpose, ONE), forPurpose(purpose, TWO, ONE))) {
      assertThat(new String(later.open(old, "72cd6e84", HERE), UTF_8)).isEqualTo(text);
    }
    assertThatThrownBy(() -> forPurpose("another", ONE).open(old, "72cd6e84", HERE))
        .isInstanceOf(CannotOpen.class);
    for (int i = 0; i < old.length; i++) {
      byte[] altered = old.clone();
      altered[i] ^= 1;
      assertThatThrownBy(() -> forPurpose(purpose, ONE).open(altered, "72cd6e84", HERE))
          .isInstanceOf(CannotOpen.class)
          .hasNoCause();
    }
  }

  @Test
  void whatIsSealedNamesItsKeyAndOpensWithNoOther() {
    Sealed sealed = with(ONE).seal(TEXT, HERE);
    assertThat(Encryption.keyIdOf(sealed.bytes())).isEqualTo(sealed.keyId());
    assertThat(Encryption.keyIdOf(TEXT)).isNull();
    Encryption both = with(TWO, ONE);
    assertThatThrownBy(() -> both.open(sealed.bytes(), both.keyId(), HERE))
        .isInstanceOf(CannotOpen.class)
        .hasMessageContaining("it was altered");
  }

  @Test
  void withoutAKeyNothingIsSealed() {
    assertThat(with().available()).isFalse();
    assertThat(with(ONE).available()).isTrue();
    assertThatThrownBy(() -> with().seal(TEXT, HERE))
        .hasMessage("bridge.encryption-key is not set");
  }
}
