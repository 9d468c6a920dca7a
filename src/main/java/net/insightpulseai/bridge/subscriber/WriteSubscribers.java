package net.insightpulseai.bridge.subscriber;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Answers with the JSON of all subscribers' rows. */
@Component("writeSubscribers")
class WriteSubscribers implements Processor {

  @Override
  public void process(Exchange exchange) throws InvalidPayloadException {
    Message message = exchange.getMessage();
    List<?> rows = message.getMandatoryBody(List.class);
    String lines =
        rows.stream()
            .map(row -> String.valueOf(((Map<?, ?>) row).get("line")))
            .collect(Collectors.joining(","));
    message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    message.setBody(("{\"ok\":true,\"subscribers\":[" + lines + "]}").getBytes(UTF_8));
  }
}
