package net.insightpulseai.bridge.delivery;

import net.insightpulseai.bridge.config.RouteVariables;
import net.insightpulseai.bridge.edition.RouteNames;
import net.insightpulseai.bridge.subscriber.Subscriber;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Delivers by a route of an operator's own, if one takes from {@code direct:deliver-custom-} and
 * the subscriber's name; then the variable {@code ownRoute} is set. A step and no {@code toD}: the
 * name comes from the definition of the subscriber, never from a message.
 */
@Component("deliverByOwnRoute")
class DeliverByOwnRoute implements Processor {

  private static final String PREFIX = "deliver-custom-";

  private final RouteNames routes;

  DeliverByOwnRoute(RouteNames routes) {
    this.routes = routes;
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    // One that an operator has stopped fails: the event must not go out as it is instead.
    Endpoint own = routes.find(PREFIX + Subscriber.of(exchange).name(), exchange);
    if (own != null) {
      exchange.setVariable(RouteVariables.OWN_ROUTE, true);
      own.createProducer().process(exchange);
    }
  }
}
