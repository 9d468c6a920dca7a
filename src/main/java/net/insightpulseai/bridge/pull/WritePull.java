package net.insightpulseai.bridge.pull;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.stream.Collectors;
import net.insightpulseai.bridge.cursor.EventBatch;
import net.insightpulseai.bridge.cursor.OrderedEvent;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** A {@link PullAnswer} becomes the answer. */
@Component("writePull")
class WritePull implements Processor {

  /** Needs no escape: messages are JSON, and a position has letters and digits. */
  @Override
  public void process(Exchange exchange) throws InvalidPayloadException {
    Message message = exchange.getMessage();
    PullAnswer answer = message.getMandatoryBody(PullAnswer.class);
    EventBatch batch = answer.batch();
    String events =
        batch.events().stream().map(OrderedEvent::message).collect(Collectors.joining(","));
    message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    message.setBody(
        ("{\"ok\":true,\"events\":["
                + events
                + "],\"position\":\""
                + answer.next().text()
                + "\",\"more\":"
                + batch.more()
                + "}")
            .getBytes(UTF_8));
  }
}
