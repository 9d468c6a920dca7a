package net.insightpulseai.bridge.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The headers that prove to a subscriber that a delivery is from this bridge, and when it was made.
 */
public final class SubscriberSignature {

  private SubscriberSignature() {}

  /**
   * Standard Webhooks, with a signature of each secret, so that receivers can rotate theirs at any
   * time.
   *
   * @param secrets the valid ones, newest first; at least one
   * @param id the same for every attempt
   * @param now when this attempt is made
   * @param body the very bytes that are sent
   * @throws IllegalArgumentException if a secret is empty, or begins with {@code whsec_} and is not
   *     base64 after that; the message does not quote it
   */
  public static Map<String, String> standard(
      List<String> secrets, String id, Instant now, byte[] body) {
    String timestamp = Long.toString(now.getEpochSecond());
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(StandardWebhooks.ID, id);
    headers.put(StandardWebhooks.TIMESTAMP, timestamp);
    headers.put(
        StandardWebhooks.SIGNATURE, StandardWebhooks.signatures(secrets, id, timestamp, body));
    return headers;
  }

  /**
   * The original contract's scheme: hex of the body's HMAC with the newest secret, and with the one
   * before. Id and time are sent but not signed.
   */
  public static Map<String, String> original(
      List<String> secrets, String id, Instant now, byte[] body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(StandardWebhooks.ID, id);
    headers.put(StandardWebhooks.TIMESTAMP, Long.toString(now.getEpochSecond()));
    headers.put(OriginalScheme.HEADER, hex(secrets.get(0), body));
    if (secrets.size() > 1) {
      headers.put(OriginalScheme.PREVIOUS, hex(secrets.get(1), body));
    }
    return headers;
  }

  private static String hex(String secret, byte[] body) {
    if (secret.getBytes(UTF_8).length == 0) {
      throw new IllegalArgumentException("an empty secret signs nothing");
    }
    return HmacSha256.hex(secret, body);
  }
}
