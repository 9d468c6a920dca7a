package net.insightpulseai.bridge.pairing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;
import net.insightpulseai.bridge.http.BodyFields;
import net.insightpulseai.bridge.http.Operator;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Pairs on behalf of the operator in the body, {@code {"who","why"}}; answers with the new state.
 */
@Component("pair")
class Pair implements Processor {

  private final PairAgain pairAgain;
  private final PairingJson answer;
  private final ObjectMapper json;

  Pair(PairAgain pairAgain, PairingJson answer, @Qualifier("exactJson") ObjectMapper json) {
    this.pairAgain = pairAgain;
    this.answer = answer;
    this.json = json;
  }

  @Override
  public void process(Exchange exchange) {
    BodyFields fields = BodyFields.of(exchange.getMessage().getBody(byte[].class), json);
    fields.refuseOthers(Set.of("who", "why"));
    PairingStatus status = pairAgain.pair(Operator.of(fields));
    exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
    exchange.getMessage().setBody(answer.of(status).toString().getBytes(UTF_8));
  }
}
