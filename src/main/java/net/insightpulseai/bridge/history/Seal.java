package net.insightpulseai.bridge.history;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import net.insightpulseai.bridge.signature.HmacSha256;
import net.insightpulseai.bridge.signature.SignatureSettings;
import org.springframework.stereotype.Component;

/**
 * Tells versions that a bridge recorded from those that somebody else wrote to the database. Routes
 * are code: whoever may write to the database must not thereby run code in the bridge.
 */
@Component
final class Seal {

  private static final String PURPOSE = "route version\n";

  private final SignatureSettings secrets;

  Seal(SignatureSettings secrets) {
    this.secrets = secrets;
  }

  /** Of a version's hash; empty if there is no secret. */
  String of(String hash) {
    String secret = secrets.outboundSecret();
    return secret.isEmpty() ? "" : HmacSha256.hex(secret, bytes(hash));
  }

  /** Whether it was made with one of the secrets that are set now. */
  boolean matches(String seal, String hash) {
    boolean matches = isOf(secrets.outboundSecret(), seal, hash);
    for (String secret : secrets.inboundSecrets()) {
      matches |= isOf(secret, seal, hash);
    }
    return matches;
  }

  private static boolean isOf(String secret, String seal, String hash) {
    return !secret.isEmpty()
        && MessageDigest.isEqual(
            seal.getBytes(US_ASCII), HmacSha256.hex(secret, bytes(hash)).getBytes(US_ASCII));
  }

  private static byte[] bytes(String hash) {
    return (PURPOSE + hash).getBytes(UTF_8);
  }
}
