package net.insightpulseai.bridge.odoo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import net.insightpulseai.bridge.answer.Excerpt;
import net.insightpulseai.bridge.answer.Unsendable;
import net.insightpulseai.bridge.outbox.ClaimedRow;
import net.insightpulseai.bridge.signature.Audience;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Builds the request of one attempt from an action.
 *
 * <p>In: the action as JSON text, {@code {"action","args","envelope",…}}, and the variable {@code
 * row}. Out: the signed bytes. The fields of a producer's {@code envelope} are added, but never
 * replace one of the bridge's.
 */
@Component("signAction")
class SignAction implements Processor {

  private static final String TARGET = "odoo";

  private final SignedCall call;
  private final ApplyBody action;

  SignAction(SignedCall call, @Qualifier("exactJson") ObjectMapper json) {
    this.call = call;
    this.action = new ApplyBody(json);
  }

  @Override
  public void process(Exchange exchange) throws JsonProcessingException {
    ClaimedRow row = ClaimedRow.of(exchange);
    if (row.queued() && !row.target().equals(TARGET)) {
      // Pause, pairing and lanes are those of another target, which nobody watches.
      throw new Unsendable(
          "the target of the action is \"%s\"; expected \"%s\", in lower case"
              .formatted(Excerpt.line(row.target()), TARGET));
    }
    String text = exchange.getMessage().getBody(String.class);
    call.put(request(text, row), row, exchange.getMessage());
  }

  private ObjectNode request(String text, ClaimedRow row) {
    JsonNode payload = action.read(text);
    ObjectNode request = call.addressed(action.of(payload, row), Audience.ODOO_APPLY);
    for (Map.Entry<String, JsonNode> extra : payload.path("envelope").properties()) {
      request.putIfAbsent(extra.getKey(), extra.getValue());
    }
    return request;
  }
}
