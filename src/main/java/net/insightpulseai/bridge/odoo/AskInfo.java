package net.insightpulseai.bridge.odoo;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Builds the request for {@code /api/agent/info}; without a body there is nothing to sign. */
@Component("askInfo")
class AskInfo implements Processor {

  private final SignedCall call;

  AskInfo(SignedCall call) {
    this.call = call;
  }

  @Override
  public void process(Exchange exchange) {
    exchange.getMessage().setBody(null);
    call.identify(exchange.getMessage());
  }
}
