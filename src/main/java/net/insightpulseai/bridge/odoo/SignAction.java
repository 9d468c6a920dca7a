package net.insightpulseai.bridge.odoo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import net.insightpulseai.bridge.answer.Unsendable;
import net.insightpulseai.bridge.outbox.ClaimedRow;
import net.insightpulseai.bridge.signature.Audience;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Makes the request of one attempt out of an action.
 *
 * <p>In: the action as JSON text, {@code {"action","args","envelope",…}}, and the variable {@code
 * row}. Out: the signed bytes. What a producer put in {@code envelope} goes along, but never in
 * place of a key of ours.
 */
@Component("signAction")
class SignAction implements Processor {

  private final SignedCall call;
  private final ObjectMapper json;

  SignAction(SignedCall call, @Qualifier("exactJson") ObjectMapper json) {
    this.call = call;
    this.json = json;
  }

  @Override
  public void process(Exchange exchange) throws JsonProcessingException {
    ClaimedRow row = ClaimedRow.of(exchange);
    String action = exchange.getMessage().getBody(String.class);
    call.put(request(action, row), row, exchange.getMessage());
  }

  private ObjectNode request(String text, ClaimedRow row) {
    JsonNode payload = read(text);
    ObjectNode request = json.createObjectNode();
    request.set("action", payload.path("action"));
    request.set("args", payload.path("args"));
    request.put("idempotency_key", row.idempotencyKey());
    request.put("correlation_id", row.correlationId().toString());
    request.put("hop", row.hop() + 1);
    call.addressed(request, Audience.ODOO_APPLY);
    for (Map.Entry<String, JsonNode> extra : payload.path("envelope").properties()) {
      request.putIfAbsent(extra.getKey(), extra.getValue());
    }
    return request;
  }

  private JsonNode read(String text) {
    JsonNode payload;
    try {
      payload = json.readTree(text);
    } catch (JsonProcessingException e) {
      // Its message would repeat the text.
      throw new Unsendable(
          "the action cannot be sent as JSON: "
              + e.getClass().getSimpleName()
              + "; numbers may have 1000 digits and nesting 500 levels");
    }
    if (!payload.path("action").isTextual()) {
      throw new Unsendable("the action has no name: a text is expected in \"action\"");
    }
    if (payload.path("args").isMissingNode()) {
      throw new Unsendable("the action has no \"args\": an object is expected");
    }
    return payload;
  }
}
