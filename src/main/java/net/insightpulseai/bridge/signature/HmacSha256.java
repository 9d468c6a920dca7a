package net.insightpulseai.bridge.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 over bytes, never over text: what is signed is what is on the wire. */
public final class HmacSha256 {

  private static final String ALGORITHM = "HmacSHA256";

  /** To look one up costs more than to sign a small body with it. */
  private static final ThreadLocal<Mac> MAC = ThreadLocal.withInitial(HmacSha256::newMac);

  private HmacSha256() {}

  /**
   * The original contract's signature of a body.
   *
   * @param secret the shared secret, used as its UTF-8 bytes; empty is an error
   * @return 64 lower-case hex digits
   */
  public static String hex(String secret, byte[] body) {
    return HexFormat.of().formatHex(of(secret.getBytes(UTF_8), body));
  }

  /**
   * The MAC of the parts in their order.
   *
   * @throws IllegalArgumentException if the key is empty
   */
  static byte[] of(byte[] key, byte[]... parts) {
    Mac mac = MAC.get();
    try {
      mac.init(new SecretKeySpec(key, ALGORITHM));
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("this Java refuses a key for " + ALGORITHM, e);
    }
    for (byte[] part : parts) {
      mac.update(part);
    }
    return mac.doFinal();
  }

  private static Mac newMac() {
    try {
      return Mac.getInstance(ALGORITHM);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no " + ALGORITHM, e);
    }
  }
}
