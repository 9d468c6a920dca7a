package net.insightpulseai.bridge.signature;

import net.insightpulseai.bridge.http.ClientRequest;
import net.insightpulseai.bridge.http.Guard;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/** The guard of a signed route: verifies the signature and makes the raw bytes the body. */
@Component("verifySignature")
class VerifySignature implements Guard {

  private final TokenCheck token;
  private final SignedRequest signed;

  VerifySignature(TokenCheck token, SignedRequest signed) {
    this.token = token;
    this.signed = signed;
  }

  @Override
  public boolean knows(ClientRequest request) {
    token.check(request);
    signed.requireClaim(request);
    return false;
  }

  @Override
  public void process(Exchange exchange) {
    token.check(ClientRequest.of(exchange));
    signed.accept(exchange);
  }
}
