package net.insightpulseai.bridge.pull;

import net.insightpulseai.bridge.http.Refusal;
import net.insightpulseai.bridge.subscriber.Subscriber;
import net.insightpulseai.bridge.subscriber.SubscriberTable;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Sets the variable {@code subscriber} to the one in the path, which reads events by itself. */
@Component("findReadingSubscriber")
class FindReadingSubscriber implements Processor {

  private final SubscriberTable table;

  FindReadingSubscriber(SubscriberTable table) {
    this.table = table;
  }

  @Override
  public void process(Exchange exchange) {
    Subscriber subscriber = FindPullSubscriber.inPath(table, exchange);
    if (subscriber.kind() != Subscriber.Kind.PULL && subscriber.mode() != Subscriber.Mode.STREAM) {
      throw new Refusal(
          409,
          "no_position",
          "Only a subscriber of kind pull, or of kind kafka and mode stream, has a position");
    }
    subscriber.setOn(exchange);
  }
}
