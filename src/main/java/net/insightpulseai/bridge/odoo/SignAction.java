package net.insightpulseai.bridge.odoo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.Map;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.answer.Unsendable;
import net.insightpulseai.bridge.outbox.ClaimedRow;
import net.insightpulseai.bridge.signature.Audience;
import net.insightpulseai.bridge.signature.OutboundSignature;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Makes the request of one attempt out of an action: the body's bytes, their signature, and no
 * headers but its own.
 *
 * <p>In: the action as JSON text, {@code {"action","args","envelope",…}}, and the variable {@code
 * row}. Out: the signed bytes. {@code timestamp} is in seconds since 1970, as Standard Webhooks has
 * it, of this attempt. What a producer put in {@code envelope} goes along, but never in place of a
 * key of ours.
 */
@Component("signAction")
class SignAction implements Processor {

  private static final Pattern HEADER_VALUE = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private final OdooSettings settings;
  private final OutboundSignature signature;
  private final ObjectMapper json;
  private final Clock clock;

  SignAction(
      OdooSettings settings,
      OutboundSignature signature,
      @Qualifier("exactJson") ObjectMapper json,
      Clock clock) {
    this.settings = settings;
    this.signature = signature;
    this.json = json;
    this.clock = clock;
  }

  @Override
  public void process(Exchange exchange) throws JsonProcessingException {
    Message message = exchange.getMessage();
    ClaimedRow row = ClaimedRow.of(exchange);
    byte[] body = json.writeValueAsBytes(request(message.getBody(String.class), row));
    message.removeHeaders("*");
    message.setBody(body);
    message.setHeader("Content-Type", "application/json");
    message.setHeader("User-Agent", "odoo-supabase-bridge");
    message.setHeader("x-api-key", settings.apiToken());
    message.setHeader("x-signature", signature.of(body));
    message.setHeader("x-correlation-id", row.correlationId().toString());
    // Producers choose this key; what cannot be a header is still in the signed body.
    if (HEADER_VALUE.matcher(row.idempotencyKey()).matches()) {
      message.setHeader("Idempotency-Key", row.idempotencyKey());
    }
    if (!settings.database().isEmpty()) {
      message.setHeader("X-Odoo-Database", settings.database());
    }
  }

  private ObjectNode request(String text, ClaimedRow row) {
    JsonNode payload = read(text);
    ObjectNode request = json.createObjectNode();
    request.set("action", payload.path("action"));
    request.set("args", payload.path("args"));
    request.put("idempotency_key", row.idempotencyKey());
    request.put("correlation_id", row.correlationId().toString());
    request.put("hop", row.hop() + 1);
    request.put("audience", Audience.ODOO_APPLY);
    request.put("timestamp", clock.instant().getEpochSecond());
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
