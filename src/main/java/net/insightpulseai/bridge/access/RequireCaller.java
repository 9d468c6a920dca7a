package net.insightpulseai.bridge.access;

import net.insightpulseai.bridge.http.ClientRequest;
import net.insightpulseai.bridge.http.RawBody;
import net.insightpulseai.bridge.http.Refusal;
import net.insightpulseai.bridge.signature.SignedRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Requires service access or a signature, and makes the raw bytes the body. */
@Component("requireCaller")
class RequireCaller implements Processor {

  private final ServiceAccess access;
  private final SignedRequest signed;
  private final RawBody rawBody;

  RequireCaller(ServiceAccess access, SignedRequest signed, RawBody rawBody) {
    this.access = access;
    this.signed = signed;
    this.rawBody = rawBody;
  }

  @Override
  public void process(Exchange exchange) {
    ClientRequest request = ClientRequest.of(exchange);
    try {
      access.require(request);
    } catch (Refusal refusal) {
      // Clients send an anonymous key along with what they sign.
      if (!signed.isClaimed(request)) {
        throw refusal;
      }
      signed.accept(exchange);
      return;
    }
    rawBody.read(exchange);
    request.requireUncompressed();
  }
}
