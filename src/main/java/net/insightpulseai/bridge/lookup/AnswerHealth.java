package net.insightpulseai.bridge.lookup;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.insightpulseai.bridge.config.BridgeMode;
import net.insightpulseai.bridge.pairing.Pairing;
import net.insightpulseai.bridge.pairing.PairingStatus;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Up or down, and nothing that an attacker would want to know. */
@Component("answerHealth")
class AnswerHealth implements Processor {

  private static final int RETRY_AFTER_SECONDS = 5;

  private final DatabaseHealth pulse;
  private final Pairing pairing;
  private final BridgeMode mode;

  AnswerHealth(DatabaseHealth pulse, Pairing pairing, BridgeMode mode) {
    this.pulse = pulse;
    this.pairing = pairing;
    this.mode = mode;
  }

  @Override
  public void process(Exchange exchange) throws InterruptedException {
    DatabaseHealth.Told told = pulse.ask();
    ObjectNode health = JsonNodeFactory.instance.objectNode();
    health.put("status", told == null ? "down" : "up");
    health.put("mode", mode.word());
    health.put("database", told == null ? "down" : "up");
    PairingStatus pair = pairing.last();
    health.put("pairing", (pair == null ? PairingStatus.State.UNKNOWN : pair.state()).word());
    if (told != null) {
      ObjectNode states = health.putObject("queues");
      told.queues().forEach(states::put);
      health.put("stopped_subscribers", told.stoppedSubscribers());
    }
    Message message = exchange.getMessage();
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, told == null ? 503 : 200);
    message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    if (told == null) {
      message.setHeader("Retry-After", RETRY_AFTER_SECONDS);
    }
    message.setBody(health.toString());
  }
}
