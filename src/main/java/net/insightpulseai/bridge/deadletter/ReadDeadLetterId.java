package net.insightpulseai.bridge.deadletter;

import java.util.Map;
import net.insightpulseai.bridge.http.PathPart;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** The id in {@code /bridge/dead-letters/{id}} becomes the parameter of its statement. */
@Component("readDeadLetterId")
class ReadDeadLetterId implements Processor {

  @Override
  public void process(Exchange exchange) {
    exchange.getMessage().setBody(Map.of("id", PathPart.id(exchange)));
  }
}
