package net.insightpulseai.bridge.deadletter;

import net.insightpulseai.bridge.encryption.Encryption;
import net.insightpulseai.bridge.outbox.ClaimedRow;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** The message's body, a row's payload as bytes, becomes what only this row's letter opens. */
@Component("encryptPayload")
class EncryptPayload implements Processor {

  private final Encryption encryption;

  EncryptPayload(@Qualifier("deadLetterEncryption") Encryption encryption) {
    this.encryption = encryption;
  }

  @Override
  public void process(Exchange exchange) {
    ClaimedRow row = ClaimedRow.of(exchange);
    byte[] payload = exchange.getMessage().getBody(byte[].class);
    exchange
        .getMessage()
        .setBody(encryption.seal(payload, LetterBinding.of(row.target(), row.id())).bytes());
  }
}
