package net.insightpulseai.bridge.pairing;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Asks Odoo now, and answers with the state of the pair. */
@Component("lookUpPairing")
class LookUpPairing implements Processor {

  private final Pairing pairing;
  private final PairingJson json;

  LookUpPairing(Pairing pairing, PairingJson json) {
    this.pairing = pairing;
    this.json = json;
  }

  @Override
  public void process(Exchange exchange) {
    exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
    exchange.getMessage().setBody(json.of(pairing.look()).toString().getBytes(UTF_8));
  }
}
