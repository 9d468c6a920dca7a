package net.insightpulseai.bridge.deadletter;

import net.insightpulseai.bridge.encryption.Encryption;
import net.insightpulseai.bridge.outbox.DeadLetter;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Keeps the message's body, the row's payload as bytes or as cipher text, for the engine to write
 * with its ack. Only that statement records a dead letter, so that none is recorded of a row that
 * is tried again.
 */
@Component("prepareDeadLetter")
class PrepareDeadLetter implements Processor {

  @Override
  public void process(Exchange exchange) {
    byte[] payload = exchange.getMessage().getBody(byte[].class);
    // By the bytes, not by the setting: the encrypting step may have been removed from the route.
    new DeadLetter(payload, Encryption.keyIdOf(payload)).setOn(exchange);
  }
}
