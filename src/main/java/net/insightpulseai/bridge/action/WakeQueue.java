package net.insightpulseai.bridge.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import net.insightpulseai.bridge.http.JsonLimits;
import net.insightpulseai.bridge.http.Refusal;
import net.insightpulseai.bridge.outbox.QueueWakeUp;
import net.insightpulseai.bridge.signature.Audience;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Takes the body of a Database Webhook, wakes the queue that its table feeds, and answers which one
 * that was. The record in the body is ignored: any caller of this address could have made it up.
 */
@Component("wakeQueue")
class WakeQueue implements Processor {

  private static final Map<String, String> QUEUES =
      Map.of(
          "public.odoo_action_outbox", "odoo-actions",
          "public.audit_event", "event-deliveries",
          "bridge.event_delivery", "event-deliveries");

  private final QueueWakeUp wakeUp;
  private final ObjectMapper json;

  WakeQueue(QueueWakeUp wakeUp, @Qualifier("exactJson") ObjectMapper json) {
    this.wakeUp = wakeUp;
    this.json = json;
  }

  @Override
  public void process(Exchange exchange) {
    Message message = exchange.getMessage();
    String queue = QUEUES.get(table(parse(message.getBody(byte[].class))));
    if (queue != null) {
      wakeUp.wake(queue);
    }
    message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    message.setBody(
        queue == null
            ? "{\"ok\":true,\"ignored\":true}"
            : "{\"ok\":true,\"woken\":\"" + queue + "\"}");
  }

  /** The table's name with its schema. */
  private static String table(JsonNode body) {
    Audience.require(body, Audience.WEBHOOK);
    JsonNode table = body.path("table");
    if (!table.isTextual()) {
      throw new Refusal(
          400,
          "missing_table",
          "The body has no table; expected a Database Webhook's {type, table, schema, record, old_record}");
    }
    return body.path("schema").asText("public") + "." + table.textValue();
  }

  private JsonNode parse(byte[] body) {
    try {
      return json.readTree(body);
    } catch (IOException e) {
      throw JsonLimits.refusal(e, "The body is not valid JSON; expected one JSON object");
    }
  }
}
