package net.insightpulseai.bridge.target;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Answers with all targets. */
@Component("writeTargets")
class WriteTargets implements Processor {

  private final TargetJson json;

  WriteTargets(TargetJson json) {
    this.json = json;
  }

  @Override
  public void process(Exchange exchange) throws InvalidPayloadException, JsonProcessingException {
    Message message = exchange.getMessage();
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("ok", true);
    for (Object row : message.getMandatoryBody(List.class)) {
      answer.withArrayProperty("targets").add(json.of(row));
    }
    message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    message.setBody(answer.toString().getBytes(UTF_8));
  }
}
