package net.insightpulseai.bridge.subscriber;

import java.util.Set;
import net.insightpulseai.bridge.config.RouteVariables;
import net.insightpulseai.bridge.http.Operator;
import net.insightpulseai.bridge.http.Query;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Which subscriber to delete, with the operator, the reason, and whether to discard its queue. */
@Component("readSubscriberDeletion")
class ReadSubscriberDeletion implements Processor {

  @Override
  public void process(Exchange exchange) {
    Query query = Query.of(exchange, Set.of("discard", "who", "why"));
    exchange.setVariable(
        RouteVariables.DELETION,
        SubscriberDeletion.begun(
            ReadSubscriberKey.parameters(exchange), query.flag("discard"), Operator.of(query)));
  }
}
