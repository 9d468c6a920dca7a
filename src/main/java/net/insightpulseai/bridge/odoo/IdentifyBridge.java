package net.insightpulseai.bridge.odoo;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Makes a request that says who asks, and nothing else. */
@Component("identifyBridge")
class IdentifyBridge implements Processor {

  private final SignedCall call;

  IdentifyBridge(SignedCall call) {
    this.call = call;
  }

  @Override
  public void process(Exchange exchange) {
    exchange.getMessage().setBody(null);
    call.identify(exchange.getMessage());
  }
}
