package net.insightpulseai.bridge.pull;

import net.insightpulseai.bridge.config.RouteVariables;
import net.insightpulseai.bridge.http.PathPart;
import net.insightpulseai.bridge.http.Refusal;
import net.insightpulseai.bridge.subscriber.Subscriber;
import net.insightpulseai.bridge.subscriber.Subscriber.Kind;
import net.insightpulseai.bridge.subscriber.SubscriberTable;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Sets the variable {@code subscriber} to the pull subscriber in the path, unless {@code
 * requirePullCaller} has looked it up already.
 */
@Component("findPullSubscriber")
class FindPullSubscriber implements Processor {

  private final SubscriberTable table;

  FindPullSubscriber(SubscriberTable table) {
    this.table = table;
  }

  @Override
  public void process(Exchange exchange) {
    Subscriber known = exchange.getVariable(RouteVariables.SUBSCRIBER, Subscriber.class);
    Subscriber subscriber = known == null ? inPath(table, exchange) : known;
    if (subscriber.kind() != Kind.PULL) {
      throw new Refusal(
          409,
          "not_pull",
          "Only a subscriber of kind pull fetches its events; those of this one are sent to it");
    }
    subscriber.setOn(exchange);
  }

  /** The subscriber in the path, of whatever kind; or 404. */
  static Subscriber inPath(SubscriberTable table, Exchange exchange) {
    Subscriber subscriber = table.find(PathPart.text(exchange, RequirePullCaller.KEY));
    if (subscriber == null) {
      throw PathPart.notFound("There is no subscriber with this id or name");
    }
    return subscriber;
  }
}
