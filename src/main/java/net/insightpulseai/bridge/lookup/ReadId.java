package net.insightpulseai.bridge.lookup;

import java.util.Map;
import net.insightpulseai.bridge.http.PathPart;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** The id of a path such as {@code /bridge/actions/{id}} becomes the parameter of a statement. */
@Component("readId")
class ReadId implements Processor {

  @Override
  public void process(Exchange exchange) {
    exchange.getMessage().setBody(Map.of("id", PathPart.id(exchange)));
  }
}
