package net.insightpulseai.bridge.access;

import net.insightpulseai.bridge.http.ClientRequest;
import net.insightpulseai.bridge.http.Guard;
import net.insightpulseai.bridge.http.RawBody;
import net.insightpulseai.bridge.http.Refusal;
import net.insightpulseai.bridge.signature.SignedRequest;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/** Requires service access or a signature, and makes the raw bytes the body. */
@Component("requireCaller")
class RequireCaller implements Guard {

  private final ServiceAccess access;
  private final SignedRequest signed;
  private final RawBody rawBody;

  RequireCaller(ServiceAccess access, SignedRequest signed, RawBody rawBody) {
    this.access = access;
    this.signed = signed;
    this.rawBody = rawBody;
  }

  @Override
  public boolean knows(ClientRequest request) {
    try {
      access.require(request);
      return true;
    } catch (Refusal refusal) {
      // Clients send an anonymous key along with what they sign.
      if (signed.isClaimed(request)) {
        return false;
      }
      throw refusal;
    }
  }

  @Override
  public void process(Exchange exchange) {
    ClientRequest request = ClientRequest.of(exchange);
    if (knows(request)) {
      rawBody.read(exchange);
      request.requireUncompressed();
    } else {
      signed.accept(exchange);
    }
  }
}
