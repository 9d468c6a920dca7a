package net.insightpulseai.bridge.signature;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import net.insightpulseai.bridge.config.StartRefused;

/**
 * The scheme of standardwebhooks.com: {@code webhook-signature} holds any number of {@code
 * v1,<base64>} over {@code <webhook-id>.<webhook-timestamp>.<body>}.
 */
public final class StandardWebhooks {

  static final String ID = "webhook-id";
  static final String TIMESTAMP = "webhook-timestamp";
  static final String SIGNATURE = "webhook-signature";

  private static final String PREFIX = "whsec_";
  private static final String VERSION = "v1,";
  // Seconds since 1970 have ten digits until the year 2286.
  private static final int LONGEST_TIMESTAMP = 12;

  private final List<byte[]> keys;
  private final Duration tolerance;
  private final Clock clock;

  /**
   * @param secrets any of which may have signed; an empty one signs nothing
   * @param tolerance how far a timestamp may be off
   */
  public StandardWebhooks(List<String> secrets, Duration tolerance, Clock clock) {
    try {
      this.keys =
          secrets.stream().map(StandardWebhooks::key).filter(key -> key.length > 0).toList();
    } catch (IllegalArgumentException e) {
      throw new StartRefused(
          "bridge.signature.inbound-secrets has a secret whose part after whsec_ is not base64; expected"
              + " the secret as the sender shows it");
    }
    this.tolerance = tolerance;
    this.clock = clock;
  }

  /** Whether one of the signatures was made with one of the secrets, whatever its age. */
  public boolean matches(String id, String timestamp, String signatures, byte[] body) {
    byte[] head = head(id, timestamp);
    List<String> given = List.of(signatures.split(" "));
    boolean matches = false;
    for (byte[] key : keys) {
      byte[] expected = signature(key, head, body).getBytes(ISO_8859_1);
      for (String one : given) {
        matches |= MessageDigest.isEqual(expected, one.getBytes(UTF_8));
      }
    }
    return matches;
  }

  /** Whether a timestamp is near enough to now, before or after. */
  public boolean isFresh(String timestamp) {
    if (timestamp.isEmpty()
        || timestamp.length() > LONGEST_TIMESTAMP
        || !timestamp.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return false;
    }
    long distance = Math.abs(clock.instant().getEpochSecond() - Long.parseLong(timestamp));
    return distance <= tolerance.toSeconds();
  }

  /**
   * The header's value: a signature of each secret, in their order.
   *
   * @throws IllegalArgumentException if a secret is none
   */
  static String signatures(List<String> secrets, String id, String timestamp, byte[] body) {
    byte[] head = head(id, timestamp);
    return secrets.stream()
        .map(secret -> signature(key(secret), head, body))
        .collect(Collectors.joining(" "));
  }

  /** Headers are read as latin-1, so this gives back the bytes that came. */
  private static byte[] head(String id, String timestamp) {
    return (id + "." + timestamp + ".").getBytes(ISO_8859_1);
  }

  private static String signature(byte[] key, byte[] head, byte[] body) {
    return VERSION + Base64.getEncoder().encodeToString(HmacSha256.of(key, head, body));
  }

  private static byte[] key(String secret) {
    if (!secret.startsWith(PREFIX)) {
      return secret.getBytes(UTF_8);
    }
    try {
      return Base64.getDecoder().decode(secret.substring(PREFIX.length()));
    } catch (IllegalArgumentException e) {
      // Without the cause: its message repeats a character.
      throw new IllegalArgumentException("what follows whsec_ is not base64");
    }
  }
}
