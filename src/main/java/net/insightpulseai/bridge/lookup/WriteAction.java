package net.insightpulseai.bridge.lookup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.http.PathPart;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** One action's row in; its JSON out. No row: 404. */
@Component("writeAction")
class WriteAction implements Processor {

  @Override
  public void process(Exchange exchange) throws InvalidPayloadException {
    Message message = exchange.getMessage();
    List<?> rows = message.getMandatoryBody(List.class);
    if (rows.isEmpty()) {
      throw PathPart.notFound("There is no action with this id");
    }
    message.setHeader(Exchange.CONTENT_TYPE, Format.JSON.contentType());
    message.setBody(String.valueOf(((Map<?, ?>) rows.get(0)).get("line")).getBytes(UTF_8));
  }
}
