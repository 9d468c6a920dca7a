package net.insightpulseai.bridge.subscriber;

import java.util.HashMap;
import java.util.Map;
import net.insightpulseai.bridge.http.PathPart;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The id or the name in {@code /bridge/subscribers/{id}} becomes the parameters of the statements
 * that look the subscriber up.
 */
@Component("readSubscriberKey")
class ReadSubscriberKey implements Processor {

  @Override
  public void process(Exchange exchange) {
    exchange.getMessage().setBody(parameters(exchange));
  }

  static Map<String, @Nullable Object> parameters(Exchange exchange) {
    String key = PathPart.text(exchange, 2);
    boolean number = key.matches("[0-9]{1,18}");
    Map<String, @Nullable Object> parameters = new HashMap<>();
    parameters.put("id", number ? Long.valueOf(key) : null);
    parameters.put("name", number ? null : key);
    return parameters;
  }
}
