package net.insightpulseai.bridge.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** {@code x-signature}: hex of HMAC-SHA256 over the raw body, in upper or lower case. */
final class OriginalScheme {

  static final String HEADER = "x-signature";

  /** The signature with the previous secret, while receivers rotate theirs. */
  static final String PREVIOUS = "x-signature-previous";

  private static final String PREFIX = "sha256=";

  private final List<byte[]> keys;

  OriginalScheme(List<String> secrets) {
    this.keys = secrets.stream().map(secret -> secret.getBytes(UTF_8)).toList();
  }

  /**
   * Whether one of the secrets made this signature.
   *
   * @param claimed whatever the caller sent; it is compared as text, so that nothing in it can be
   *     malformed
   */
  boolean matches(String claimed, byte[] body) {
    String lower = claimed.toLowerCase(Locale.ROOT);
    String hex = lower.startsWith(PREFIX) ? lower.substring(PREFIX.length()) : lower;
    byte[] given = hex.getBytes(UTF_8);
    boolean matches = false;
    for (byte[] key : keys) {
      byte[] expected = HexFormat.of().formatHex(HmacSha256.of(key, body)).getBytes(UTF_8);
      matches |= MessageDigest.isEqual(expected, given);
    }
    return matches;
  }
}
