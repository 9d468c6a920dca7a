package net.insightpulseai.bridge.signature;

import net.insightpulseai.bridge.config.RouteVariables;
import net.insightpulseai.bridge.http.ClientRequest;
import net.insightpulseai.bridge.http.RawBody;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/** Accepts requests that are signed. */
@Component
public class SignedRequest {

  private final SignatureCheck check;
  private final RawBody rawBody;

  SignedRequest(SignatureCheck check, RawBody rawBody) {
    this.check = check;
    this.rawBody = rawBody;
  }

  /** Whether the request claims to be signed at all. */
  public boolean isClaimed(ClientRequest request) {
    return check.claimed(request);
  }

  /**
   * Requires that the request claims to be signed.
   *
   * @throws net.insightpulseai.bridge.http.Refusal 401 otherwise
   */
  void requireClaim(ClientRequest request) {
    check.requireClaim(request);
  }

  /**
   * Checks the signature over the raw bytes and makes these the message's body.
   *
   * @throws net.insightpulseai.bridge.http.Refusal 401, or 415 for a compressed body with a valid
   *     signature
   */
  public void accept(Exchange exchange) {
    accept(exchange, check);
  }

  /** The same with the secrets of another sender. */
  void accept(Exchange exchange, SignatureCheck check) {
    ClientRequest request = ClientRequest.of(exchange);
    check.requireClaim(request);
    byte[] body = rawBody.read(exchange);
    String signedId = check.require(request, body);
    if (signedId != null) {
      exchange.setVariable(RouteVariables.SIGNED_ID, signedId);
    }
    request.requireUncompressed();
  }
}
