package net.insightpulseai.bridge.access;

import net.insightpulseai.bridge.http.ClientRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Requires service access. Reads only the headers; the body stays unread. */
@Component("requireServiceKey")
class RequireServiceKey implements Processor {

  private final ServiceAccess access;

  RequireServiceKey(ServiceAccess access) {
    this.access = access;
  }

  @Override
  public void process(Exchange exchange) {
    access.require(ClientRequest.of(exchange));
  }
}
