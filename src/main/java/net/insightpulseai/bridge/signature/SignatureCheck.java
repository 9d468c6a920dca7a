package net.insightpulseai.bridge.signature;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import net.insightpulseai.bridge.http.ClientRequest;
import net.insightpulseai.bridge.http.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Checks the signature of a request: Standard Webhooks if the request has that one, the original
 * contract's scheme otherwise. All refusals are 401 {@code Invalid signature}; their codes tell
 * them apart.
 */
@Component
class SignatureCheck {

  private static final Logger log = LoggerFactory.getLogger(SignatureCheck.class);
  // A webhook-id is stored as the event's key.
  private static final int LONGEST_ID = 255;

  private final boolean hasSecrets;
  private final String header;
  private final OriginalScheme originalScheme;
  private final StandardWebhooks standardWebhooks;

  @Autowired
  SignatureCheck(SignatureSettings settings, Clock clock) {
    this(settings.inboundSecrets(), OriginalScheme.HEADER, settings.tolerance(), clock);
    if (!hasSecrets) {
      log.warn(
          "There is no secret to check signatures with: every signed request is refused. Set"
              + " EDGE_HMAC_SECRET or bridge.signature.inbound-secrets");
    }
  }

  /**
   * @param secrets any of which may have signed
   * @param header where the original contract's scheme has its signature
   * @param tolerance how far a signed timestamp may be off
   */
  SignatureCheck(List<String> secrets, String header, Duration tolerance, Clock clock) {
    this.hasSecrets = !secrets.isEmpty();
    this.header = header;
    this.originalScheme = new OriginalScheme(secrets);
    this.standardWebhooks = new StandardWebhooks(secrets, tolerance, clock);
  }

  /** Whether the request claims to be signed at all. */
  boolean claimed(ClientRequest request) {
    return request.header(StandardWebhooks.SIGNATURE) != null || request.header(header) != null;
  }

  /** Refuses requests without a signature before their body is read. */
  void requireClaim(ClientRequest request) {
    if (!hasSecrets) {
      throw invalid("no_signing_secret");
    }
    if (!claimed(request)) {
      throw invalid("signature_missing");
    }
  }

  /**
   * Refuses a request without a valid signature.
   *
   * @param body the raw bytes
   * @return the signed {@code webhook-id}, or null if the scheme has none
   */
  @Nullable String require(ClientRequest request, byte[] body) {
    requireClaim(request);
    String signatures = request.singleHeader(StandardWebhooks.SIGNATURE);
    if (signatures != null) {
      return requireStandard(request, signatures, body);
    }
    String claimed = request.singleHeader(header);
    if (claimed == null || !originalScheme.matches(claimed, body)) {
      throw invalid("invalid_signature");
    }
    return null;
  }

  private String requireStandard(ClientRequest request, String signatures, byte[] body) {
    String id = request.singleHeader(StandardWebhooks.ID);
    String timestamp = request.singleHeader(StandardWebhooks.TIMESTAMP);
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
