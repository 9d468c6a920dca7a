package net.insightpulseai.bridge.action;

import java.util.List;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.http.ClientRequest;
import net.insightpulseai.bridge.http.Refusal;
import org.jspecify.annotations.Nullable;

/** The header {@code Idempotency-Key}, as an API such as Stripe's takes it. */
final class IdempotencyHeader {

  private static final String NAME = "Idempotency-Key";
  private static final Pattern KEY = Pattern.compile("[\\x20-\\x7e]{1,200}");
  // The IETF's draft writes it as a structured field, in quotes.
  private static final Pattern QUOTED = Pattern.compile("\"([^\"\\\\]+)\"");

  private IdempotencyHeader() {}

  /**
   * Its value without quotes; null if it is not sent.
   *
   * @throws Refusal 400 if it cannot be a key
   */
  static @Nullable String read(ClientRequest request) {
    List<String> values = request.headers(NAME);
    if (values.isEmpty()) {
      return null;
    }
    String value = QUOTED.matcher(values.get(0).strip()).replaceFirst("$1");
    if (values.size() > 1 || !KEY.matcher(value).matches()) {
      throw new Refusal(
          400,
          "invalid_idempotency_key",
          "The header " + NAME + " must be sent once, with 1 to 200 printable ASCII characters");
    }
    return value;
  }

  /**
   * The key of an action. A header is not signed, so it may only repeat what a signature covers.
   *
   * @param inBody the field of the body
   * @param header the header
   * @param signedId the id that the caller's signature covers
   * @throws Refusal 400 if the header contradicts one of the others
   */
  static @Nullable String key(
      @Nullable String inBody, @Nullable String header, @Nullable String signedId) {
    String signed = inBody == null ? signedId : inBody;
    if (header != null && signed != null && !header.equals(signed)) {
      throw new Refusal(
          400,
          "idempotency_keys_differ",
          "The header "
              + NAME
              + " differs from "
              + (inBody == null ? "the signed webhook-id" : "idempotency_key in the body")
              + "; send one of them, or both with the same value");
    }
    return signed == null ? header : signed;
  }
}
