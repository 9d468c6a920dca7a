package net.insightpulseai.bridge.action;

import java.util.Map;
import net.insightpulseai.bridge.outbox.QueueWakeUp;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** A table's name in; wakes the queue that it feeds and answers which one that was. */
@Component("wakeQueue")
class WakeQueue implements Processor {

  private static final Map<String, String> QUEUES =
      Map.of(
          "public.odoo_action_outbox", "odoo-actions",
          "public.audit_event", "event-deliveries",
          "bridge.event_delivery", "event-deliveries");

  private final QueueWakeUp wakeUp;

  WakeQueue(QueueWakeUp wakeUp) {
    this.wakeUp = wakeUp;
  }

  @Override
  public void process(Exchange exchange) {
    Message message = exchange.getMessage();
    String queue = QUEUES.get(message.getBody(String.class));
    if (queue != null) {
      wakeUp.wake(queue);
    }
    message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    message.setBody(
        queue == null
            ? "{\"ok\":true,\"ignored\":true}"
            : "{\"ok\":true,\"woken\":\"" + queue + "\"}");
  }
}
