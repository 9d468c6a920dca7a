package net.insightpulseai.bridge.fanout;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * A subscriber's row in; its JSON out, and this once with the secret that was generated in this
 * request.
 */
@Component("writeSubscriber")
class WriteSubscriber implements Processor {

  /** The exchange variable that holds a secret to be shown once. */
  static final String SHOWN_SECRET = "shownSecret";

  private final ObjectMapper json;

  WriteSubscriber(@Qualifier("exactJson") ObjectMapper json) {
    this.json = json;
  }

  @Override
  public void process(Exchange exchange) throws JsonProcessingException {
    ObjectNode line = (ObjectNode) json.readTree(SubscriberRow.of(exchange).text("line"));
    String secret = exchange.getVariable(SHOWN_SECRET, String.class);
    if (secret != null) {
      line.put("secret", secret);
    }
    Message message = exchange.getMessage();
    message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    message.setBody(line.toString().getBytes(UTF_8));
  }
}
