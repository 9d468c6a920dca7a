package net.insightpulseai.bridge.encryption;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One of the operator's keys. It encrypts nothing itself; each purpose has a key derived from it.
 */
final class EncryptionKey {

  static final int BYTES = 32;

  static final int ID_DIGITS = 8;
  private static final String MAC = "HmacSHA256";

  private final byte[] bytes;
  private final String id;

  EncryptionKey(byte[] bytes) {
    this.bytes = bytes.clone();
    this.id = id(bytes);
  }

  /** Names the key without revealing it; stored beside everything it encrypted. */
  String id() {
    return id;
  }

  /**
   * The key of one purpose. With one key for all, anyone who can write to the database could have a
   * subscriber's secret decrypted and shown as a dead letter.
   */
  Key forPurpose(String purpose) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(bytes, MAC));
      return new SecretKeySpec(mac.doFinal(("bridge " + purpose).getBytes(UTF_8)), "AES");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + MAC, e);
    }
  }

  private static String id(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest).substring(0, ID_DIGITS);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
