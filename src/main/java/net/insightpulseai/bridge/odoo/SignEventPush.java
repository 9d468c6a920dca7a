package net.insightpulseai.bridge.odoo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import net.insightpulseai.bridge.answer.NotConfigured;
import net.insightpulseai.bridge.answer.Unsendable;
import net.insightpulseai.bridge.outbox.ClaimedRow;
import net.insightpulseai.bridge.signature.Audience;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Builds the request of one attempt that pushes an event to Odoo. */
@Component("signEventPush")
class SignEventPush implements Processor {

  private static final List<String> FIELDS =
      List.of("event_id", "event_type", "resource_id", "payload", "source");

  private final OdooSettings settings;
  private final SignedCall call;
  private final ObjectMapper json;

  SignEventPush(OdooSettings settings, SignedCall call, @Qualifier("exactJson") ObjectMapper json) {
    this.settings = settings;
    this.call = call;
    this.json = json;
  }

  @Override
  public void process(Exchange exchange) throws JsonProcessingException {
    if (!settings.configured()) {
      throw new NotConfigured(
          "bridge.odoo.base-url (ODOO_BASE_URL) is empty: there is no Odoo to push events to");
    }
    ClaimedRow row = ClaimedRow.of(exchange);
    call.put(request(row), row, exchange.getMessage());
  }

  private ObjectNode request(ClaimedRow row) {
    JsonNode event = read(row.payload());
    ObjectNode request = json.createObjectNode();
    FIELDS.forEach(name -> request.set(name, event.path(name)));
    request.put("correlation_id", row.correlationId().toString());
    request.set("causation_id", event.path("causation_id"));
    request.put("hop", row.hop() + 1);
    return call.addressed(request, Audience.ODOO_EVENT_PUSH);
  }

  private JsonNode read(String text) {
    JsonNode event;
    try {
      event = json.readTree(text);
    } catch (JsonProcessingException e) {
      // Its message would quote the text.
      throw new Unsendable("the event cannot be read: " + e.getClass().getSimpleName());
    }
    if (!event.path("event_id").isTextual() || !event.path("event_type").isTextual()) {
      throw new Unsendable("the event has no \"event_id\" or \"event_type\"; texts are expected");
    }
    return event;
  }
}
