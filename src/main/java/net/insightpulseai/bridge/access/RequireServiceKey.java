package net.insightpulseai.bridge.access;

import net.insightpulseai.bridge.http.ClientRequest;
import net.insightpulseai.bridge.http.Guard;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/** Requires service access. Reads only the headers; the body stays unread. */
@Component("requireServiceKey")
class RequireServiceKey implements Guard {

  private final ServiceAccess access;

  RequireServiceKey(ServiceAccess access) {
    this.access = access;
  }

  @Override
  public boolean knows(ClientRequest request) {
    access.require(request);
    return true;
  }

  @Override
  public void process(Exchange exchange) {
    knows(ClientRequest.of(exchange));
  }
}
