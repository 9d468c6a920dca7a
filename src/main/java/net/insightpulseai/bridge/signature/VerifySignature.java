package net.insightpulseai.bridge.signature;

import net.insightpulseai.bridge.http.ClientRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** The guard of a signed route: verifies the signature and makes the raw bytes the body. */
@Component("verifySignature")
class VerifySignature implements Processor {

  private final TokenCheck token;
  private final SignedRequest signed;

  VerifySignature(TokenCheck token, SignedRequest signed) {
    this.token = token;
    this.signed = signed;
  }

  @Override
  public void process(Exchange exchange) {
    token.check(ClientRequest.of(exchange));
    signed.accept(exchange);
  }
}
