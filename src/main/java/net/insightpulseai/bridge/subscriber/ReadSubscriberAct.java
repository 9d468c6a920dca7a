package net.insightpulseai.bridge.subscriber;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Set;
import net.insightpulseai.bridge.http.BodyFields;
import net.insightpulseai.bridge.http.Operator;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Which subscriber to pause or resume, with the operator and the reason. */
@Component("readSubscriberAct")
class ReadSubscriberAct implements Processor {

  private final ObjectMapper json;

  ReadSubscriberAct(@Qualifier("exactJson") ObjectMapper json) {
    this.json = json;
  }

  @Override
  public void process(Exchange exchange) {
    BodyFields fields = BodyFields.of(exchange.getMessage().getBody(byte[].class), json);
    fields.refuseOthers(Set.of("who", "why"));
    Operator operator = Operator.of(fields);
    Map<String, @Nullable Object> parameters = ReadSubscriberKey.parameters(exchange);
    parameters.put("who", operator.who());
    parameters.put("why", operator.why());
    exchange.getMessage().setBody(parameters);
  }
}
