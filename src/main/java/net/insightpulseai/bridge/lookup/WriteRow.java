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

/** Answers with the JSON of a row, its column {@code line}; without a row with 404. */
@Component("writeRow")
class WriteRow implements Processor {

  @Override
  public void process(Exchange exchange) throws InvalidPayloadException {
    Message message = exchange.getMessage();
    List<?> rows = message.getMandatoryBody(List.class);
    if (rows.isEmpty()) {
      String many = PathPart.text(exchange, 1);
      throw PathPart.notFound(
          "There is no " + many.substring(0, many.length() - 1) + " with this id");
    }
    message.setHeader(Exchange.CONTENT_TYPE, Format.JSON.contentType());
    message.setBody(String.valueOf(((Map<?, ?>) rows.get(0)).get("line")).getBytes(UTF_8));
  }
}
