package net.insightpulseai.bridge.action;

import net.insightpulseai.bridge.outbox.QueueWakeUp;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Tells the engine of a new action; behind a pooler no notification does. */
@Component("wakeActions")
class WakeActions implements Processor {

  private final QueueWakeUp wakeUp;

  WakeActions(QueueWakeUp wakeUp) {
    this.wakeUp = wakeUp;
  }

  @Override
  public void process(Exchange exchange) {
    wakeUp.wake("odoo-actions");
  }
}
