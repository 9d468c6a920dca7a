package net.insightpulseai.bridge.encryption;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of sealed bytes: a mark with the form's version, the key's id, a nonce, and the
 * cipher text with its tag. Nothing else that is stored begins like that: payloads are JSON, and
 * the first form begins with a zero byte.
 *
 * @param keyId names the key
 * @param nonce random, never used twice with one key
 * @param cipherText of AES-GCM, with its tag at the end
 */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
record Envelope(String keyId, byte[] nonce, byte[] cipherText) {

  static final int NONCE_BYTES = 12;
  static final int TAG_BYTES = 16;

  private static final byte[] MARK = {'B', 'E', 2};
  private static final int HEAD_BYTES = MARK.length + EncryptionKey.ID_DIGITS;

  /** Null if the bytes are not in this form. */
  static @Nullable Envelope read(byte[] sealed) {
    if (!isOne(sealed)) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.wrap(sealed, MARK.length, sealed.length - MARK.length);
    byte[] keyId = new byte[EncryptionKey.ID_DIGITS];
    byte[] nonce = new byte[NONCE_BYTES];
    bytes.get(keyId).get(nonce);
    byte[] cipherText = new byte[bytes.remaining()];
    bytes.get(cipherText);
    return new Envelope(new String(keyId, US_ASCII), nonce, cipherText);
  }

  private static boolean isOne(byte[] sealed) {
    return sealed.length >= HEAD_BYTES + NONCE_BYTES + TAG_BYTES
        && ByteBuffer.wrap(sealed, 0, MARK.length).equals(ByteBuffer.wrap(MARK));
  }

  /** The version and the key's id, which are authenticated as well. */
  byte[] head() {
    return ByteBuffer.allocate(HEAD_BYTES).put(MARK).put(keyId.getBytes(US_ASCII)).array();
  }

  byte[] bytes() {
    return ByteBuffer.allocate(HEAD_BYTES + NONCE_BYTES + cipherText.length)
        .put(head())
        .put(nonce)
        .put(cipherText)
        .array();
  }
}
