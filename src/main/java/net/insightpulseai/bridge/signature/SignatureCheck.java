package net.insightpulseai.bridge.signature;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import net.insightpulseai.bridge.http.Refusal;
import net.insightpulseai.bridge.http.SingleHeader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Checks who signed a request: Standard Webhooks if the request has that signature, the original
 * contract's scheme otherwise. All refusals are 401 {@code Invalid signature}; their codes tell them apart.
 */
@Component
class SignatureCheck {

  private static final Logger log = LoggerFactory.getLogger(SignatureCheck.class);
  // A webhook-id is stored as the event's key.
  private static final int LONGEST_ID = 255;

  private final boolean hasSecrets;
  private final OriginalScheme originalScheme;
  private final StandardWebhooks standardWebhooks;

  SignatureCheck(SignatureSettings settings, Clock clock) {
    this.hasSecrets = !settings.inboundSecrets().isEmpty();
    this.originalScheme = new OriginalScheme(settings.inboundSecrets());
    this.standardWebhooks =
        new StandardWebhooks(settings.inboundSecrets(), settings.tolerance(), clock);
    if (!hasSecrets) {
      log.warn(
          "No secret to check signatures with: every signed request is refused. Set"
              + " EDGE_HMAC_SECRET or bridge.signature.inbound-secrets");
    }
  }

  /** Whether the request claims to be signed at all. */
  boolean claimed(HttpServletRequest request) {
    return request.getHeader(StandardWebhooks.SIGNATURE) != null
        || request.getHeader(OriginalScheme.HEADER) != null;
  }

  /** Refuses what no body can make right, so that the body need not be read. */
  void requireClaim(HttpServletRequest request) {
    if (!hasSecrets) {
      throw invalid("no_signing_secret");
    }
    if (!claimed(request)) {
      throw invalid("signature_missing");
    }
  }

  /**
   * Refuses a request that is not signed rightly.
   *
   * @param body the raw bytes
   * @return the signed {@code webhook-id}, or null if the scheme has none
   */
  @Nullable String require(HttpServletRequest request, byte[] body) {
    requireClaim(request);
    String signatures = SingleHeader.of(request, StandardWebhooks.SIGNATURE);
    if (signatures != null) {
      return requireStandard(request, signatures, body);
    }
    String claimed = SingleHeader.of(request, OriginalScheme.HEADER);
    if (claimed == null || !originalScheme.matches(claimed, body)) {
      throw invalid("invalid_signature");
    }
    return null;
  }

  private String requireStandard(HttpServletRequest request, String signatures, byte[] body) {
    String id = SingleHeader.of(request, StandardWebhooks.ID);
    String timestamp = SingleHeader.of(request, StandardWebhooks.TIMESTAMP);
    if (id == null || id.isEmpty() || id.length() > LONGEST_ID || timestamp == null) {
      throw invalid("signature_incomplete");
    }
    if (!standardWebhooks.matches(id, timestamp, signatures, body)) {
      throw invalid("invalid_signature");
    }
    if (!standardWebhooks.isFresh(timestamp)) {
      throw invalid("timestamp_outside_tolerance");
    }
    return id;
  }

  private static Refusal invalid(String code) {
    return new Refusal(401, code, "Invalid signature");
  }
}
