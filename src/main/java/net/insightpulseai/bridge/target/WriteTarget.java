package net.insightpulseai.bridge.target;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Answers with the target that was changed; 404 if its subscriber is deleted meanwhile. */
@Component("writeTarget")
class WriteTarget implements Processor {

  private final TargetJson json;

  WriteTarget(TargetJson json) {
    this.json = json;
  }

  @Override
  public void process(Exchange exchange) throws InvalidPayloadException, JsonProcessingException {
    Message message = exchange.getMessage();
    List<?> rows = message.getMandatoryBody(List.class);
    if (rows.isEmpty()) {
      throw TargetAct.unknown();
    }
    message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    message.setBody(json.of(rows.get(0)).toString().getBytes(UTF_8));
  }
}
