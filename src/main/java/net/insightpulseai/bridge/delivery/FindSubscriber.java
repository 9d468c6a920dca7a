package net.insightpulseai.bridge.delivery;

import net.insightpulseai.bridge.outbox.ClaimedRow;
import net.insightpulseai.bridge.outbox.Outcome;
import net.insightpulseai.bridge.subscriber.Subscriber;
import net.insightpulseai.bridge.subscriber.SubscriberCache;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Sets the variable {@code subscriber}; a row whose subscriber is gone is dead. */
@Component("findSubscriber")
class FindSubscriber implements Processor {

  private final SubscriberCache subscribers;

  FindSubscriber(SubscriberCache subscribers) {
    this.subscribers = subscribers;
  }

  @Override
  public void process(Exchange exchange) {
    String target = ClaimedRow.of(exchange).target();
    Subscriber subscriber = subscribers.find(target);
    if (subscriber == null) {
      Outcome.dead("subscriber_deleted", target + " no longer exists").setOn(exchange);
      return;
    }
    subscriber.setOn(exchange);
  }
}
