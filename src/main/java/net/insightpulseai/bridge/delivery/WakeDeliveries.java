package net.insightpulseai.bridge.delivery;

import net.insightpulseai.bridge.outbox.Queue;
import net.insightpulseai.bridge.outbox.QueueWakeUp;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Wakes the engine: something may be sent that waited. */
@Component("wakeDeliveries")
class WakeDeliveries implements Processor {

  private final QueueWakeUp wakeUp;

  WakeDeliveries(QueueWakeUp wakeUp) {
    this.wakeUp = wakeUp;
  }

  @Override
  public void process(Exchange exchange) {
    wakeUp.wake(Queue.EVENT_DELIVERIES.label());
  }
}
