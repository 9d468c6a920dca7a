package net.insightpulseai.bridge.deadletter;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Keeps the message's body, the row's payload as bytes, for the engine to write with its ack. Only
 * that one statement records a dead letter, so that none is recorded of a row that lives on.
 */
@Component("prepareDeadLetter")
class PrepareDeadLetter implements Processor {

  @Override
  public void process(Exchange exchange) {
    new DeadLetter(exchange.getMessage().getBody(byte[].class), null).setOn(exchange);
  }
}
