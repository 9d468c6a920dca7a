package net.insightpulseai.bridge.subscriber;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import net.insightpulseai.bridge.subscriber.Subscriber.Signature;

/** The secrets that deliveries are signed with. */
final class SecretText {

  /** The prefix of a Standard Webhooks secret. */
  static final String PREFIX = "whsec_";

  private static final String TOKEN = "pull_";

  static final String STANDARD = PREFIX + " and base64 of 24 to 64 bytes";

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 32;
  private static final int SHORTEST = 16;

  private SecretText() {}

  /** A new one, for either scheme. */
  static String generate() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return PREFIX + Base64.getEncoder().encodeToString(bytes);
  }

  /** A new one for a caller that shows it, which needs no escape in any header or shell. */
  static String generateToken() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return TOKEN + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static boolean isStandard(String secret) {
    if (!secret.startsWith(PREFIX)) {
      return false;
    }
    try {
      int length = Base64.getDecoder().decode(secret.substring(PREFIX.length())).length;
      return length >= 24 && length <= 64;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Whether this scheme can sign with them safely. */
  static boolean suit(List<String> secrets, Signature scheme) {
    return !secrets.isEmpty()
        && secrets.stream()
            .allMatch(
                secret ->
                    scheme == Signature.STANDARD
                        ? isStandard(secret)
                        : secret.length() >= SHORTEST);
  }

  /** What {@link #suit} wants, for errors. */
  static String expected(Signature scheme) {
    return scheme == Signature.STANDARD ? STANDARD : "at least " + SHORTEST + " characters";
  }

  /** Several in one text, separated by commas or lines, newest first. */
  static List<String> split(String text) {
    return Arrays.stream(text.split("[,\\r\\n]"))
        .map(String::strip)
        .filter(secret -> !secret.isEmpty())
        .toList();
  }
}
