package net.insightpulseai.bridge.history;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.List;
import net.insightpulseai.bridge.encryption.EncryptionSettings;
import net.insightpulseai.bridge.signature.HmacSha256;
import net.insightpulseai.bridge.signature.SignatureSettings;
import org.springframework.stereotype.Component;

/**
 * Tells versions that a bridge recorded from those that somebody else wrote to the database. Routes
 * are code: write access to the database must not be a way to run code in the bridge.
 */
@Component
final class Seal {

  private static final String PURPOSE = "route version\n";

  private final List<String> keys;

  /**
   * Takes the keys of encryption at rest, which nobody but bridges has; the first seals, and all
   * recognize. Without one it takes the secret that the bridge signs with, which Odoo has as well.
   * Never a secret of other callers.
   */
  Seal(EncryptionSettings encryption, SignatureSettings signature) {
    List<String> own = encryption.encryptionKey();
    this.keys =
        !own.isEmpty()
            ? own
            : signature.outboundSecret().isEmpty()
                ? List.of()
                : List.of(signature.outboundSecret());
  }

  /** Of a version's hash; empty if there is no key. */
  String of(String hash) {
    return keys.isEmpty() ? "" : HmacSha256.hex(keys.get(0), bytes(hash));
  }

  /** Whether it was made with one of the keys that are set now. */
  boolean matches(String seal, String hash) {
    boolean matches = false;
    for (String key : keys) {
      matches |= isOf(key, seal, hash);
    }
    return matches;
  }

  private static boolean isOf(String key, String seal, String hash) {
    return MessageDigest.isEqual(
        seal.getBytes(US_ASCII), HmacSha256.hex(key, bytes(hash)).getBytes(US_ASCII));
  }

  private static byte[] bytes(String hash) {
    return (PURPOSE + hash).getBytes(UTF_8);
  }
}
