package net.insightpulseai.bridge.delivery;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import net.insightpulseai.bridge.config.RouteVariables;
import net.insightpulseai.bridge.http.PathPart;
import net.insightpulseai.bridge.http.Refusal;
import net.insightpulseai.bridge.outbox.ClaimedRow;
import net.insightpulseai.bridge.subscriber.OdooAvailability;
import net.insightpulseai.bridge.subscriber.Subscriber;
import net.insightpulseai.bridge.subscriber.Subscriber.Kind;
import net.insightpulseai.bridge.subscriber.Subscriber.Mode;
import net.insightpulseai.bridge.subscriber.SubscriberRow;
import net.insightpulseai.bridge.subscriber.SubscriberTable;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Turns a subscriber's row into a ping in the form of an event: as the body, as a row that is in no
 * queue, and with the variables that the delivery routes expect.
 */
@Component("preparePing")
class PreparePing implements Processor {

  private static final String TYPE = "bridge.ping";

  private final SubscriberTable table;
  private final OdooAvailability odoo;
  private final Clock clock;

  PreparePing(SubscriberTable table, OdooAvailability odoo, Clock clock) {
    this.table = table;
    this.odoo = odoo;
    this.clock = clock;
  }

  @Override
  public void process(Exchange exchange) {
    SubscriberRow row = SubscriberRow.of(exchange);
    Subscriber subscriber = table.find(row.number("id"));
    if (subscriber == null) {
      throw PathPart.notFound("There is no subscriber with this id or name");
    }
    requireTestable(subscriber);
    Instant now = clock.instant();
    UUID id = UUID.randomUUID();
    String message =
        subscriber.kind() == Kind.ODOO
            ? "{\"action\":\"bridge.ping\",\"args\":{}}"
            : event(subscriber, row.fields(), id, now).toString();
    subscriber.setOn(exchange);
    exchange.setVariable(
        RouteVariables.ROW, ClaimedRow.unqueued(subscriber.target(), "ping_" + id, now, message));
    exchange.setVariable(RouteVariables.TEST_STARTED, now);
    exchange.getMessage().setBody(message);
  }

  private void requireTestable(Subscriber subscriber) {
    if (subscriber.kind() == Kind.REALTIME && subscriber.mode() != Mode.REST) {
      throw new Refusal(
          409,
          "not_testable",
          subscriber.mode() == Mode.OFF
              ? "The subscriber's mode is off: nothing is sent to it"
              : "The subscriber's mode is trigger: its messages are part of the transaction that stores an event;"
                  + " store an event to test it");
    }
    if (subscriber.kind() == Kind.PULL) {
      throw new Refusal(
          409,
          "not_testable",
          "Nothing is sent to a pull subscriber: it fetches its events from GET /bridge/subscribers/"
              + subscriber.name()
              + "/events");
    }
    if (subscriber.kind() == Kind.ODOO && !odoo.configured()) {
      throw new Refusal(409, "not_testable", "No Odoo is configured (ODOO_BASE_URL)");
    }
  }

  /** As {@code bridge.event_message} writes them. */
  private static ObjectNode event(
      Subscriber subscriber, @Nullable List<String> fields, UUID id, Instant now) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("id", 0);
    event.put("event_id", "ping_" + id);
    event.put("event_type", TYPE);
    event.put("source", "bridge");
    event.putNull("resource_id");
    ObjectNode payload = event.putObject("payload").put("subscriber", subscriber.name());
    if (fields != null) {
      payload.retain(fields);
    }
    for (String absent :
        new String[] {
          "changed", "company_id", "uid", "causation_id", "db_uuid", "seq", "tx", "thin"
        }) {
      event.putNull(absent);
    }
    event.put("correlation_id", id.toString());
    event.put("occurred_at", now.toString());
    event.put("created_at", now.toString());
    event
        .putObject("origin")
        .put("source", "bridge")
        .put("correlation_id", id.toString())
        .put("hop", 1);
    return event;
  }
}
