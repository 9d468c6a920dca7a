package net.insightpulseai.bridge.lookup;

import java.util.Map;
import net.insightpulseai.bridge.http.PathPart;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** The id in {@code /bridge/actions/{id}} and its like becomes the parameter of its statement. */
@Component("readId")
class ReadId implements Processor {

  @Override
  public void process(Exchange exchange) {
    exchange.getMessage().setBody(Map.of("id", PathPart.id(exchange)));
  }
}
