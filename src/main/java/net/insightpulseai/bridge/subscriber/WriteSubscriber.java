package net.insightpulseai.bridge.subscriber;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.insightpulseai.bridge.config.RouteVariables;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Answers with the JSON of a subscriber's row; with the secret if this request generated it, and
 * with a note if its state loses events.
 */
@Component("writeSubscriber")
class WriteSubscriber implements Processor {

  private static final String NOT_QUEUED =
      "In mode trigger nothing is queued: events that arrive until it is resumed are never sent to"
          + " it; listeners can catch up in the table, from the last id they have";

  private final ObjectMapper json;

  WriteSubscriber(@Qualifier("exactJson") ObjectMapper json) {
    this.json = json;
  }

  @Override
  public void process(Exchange exchange) throws JsonProcessingException {
    ObjectNode line = (ObjectNode) json.readTree(SubscriberRow.of(exchange).text("line"));
    String secret = exchange.getVariable(RouteVariables.SHOWN_SECRET, String.class);
    if (secret != null) {
      line.put("secret", secret);
    }
    if (line.path("mode").asText().equals("trigger")
        && !line.path("state").asText().equals("running")) {
      line.put("note", NOT_QUEUED);
    }
    Message message = exchange.getMessage();
    message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    message.setBody(line.toString().getBytes(UTF_8));
  }
}
