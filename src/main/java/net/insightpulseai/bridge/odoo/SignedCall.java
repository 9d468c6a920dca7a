package net.insightpulseai.bridge.odoo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.config.Product;
import net.insightpulseai.bridge.outbox.ClaimedRow;
import net.insightpulseai.bridge.signature.OutboundSignature;
import org.apache.camel.Message;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * The request of one attempt to Odoo: the body's bytes, their signature, and only its own headers.
 */
@Component
class SignedCall {

  private static final Pattern HEADER_VALUE = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private final OdooSettings settings;
  private final OutboundSignature signature;
  private final ObjectMapper json;
  private final Clock clock;

  SignedCall(
      OdooSettings settings,
      OutboundSignature signature,
      @Qualifier("exactJson") ObjectMapper json,
      Clock clock) {
    this.settings = settings;
    this.signature = signature;
    this.json = json;
    this.clock = clock;
  }

  /**
   * Adds the fields that every signed body ends with: its audience, and the time of this attempt in
   * seconds since 1970, as in Standard Webhooks.
   */
  ObjectNode addressed(ObjectNode body, String audience) {
    return body.put("audience", audience).put("timestamp", clock.instant().getEpochSecond());
  }

  /** Replaces the message by a request for one row. */
  void put(ObjectNode request, ClaimedRow row, Message message) throws JsonProcessingException {
    put(request, message);
    message.setHeader("x-correlation-id", row.correlationId().toString());
    if (row.trace() != null) {
      row.trace().addTo(message);
    }
    // Producers choose this key; one that cannot be a header is still in the signed body.
    if (HEADER_VALUE.matcher(row.idempotencyKey()).matches()) {
      message.setHeader("Idempotency-Key", row.idempotencyKey());
    }
  }

  /** Replaces the message by a request. */
  void put(ObjectNode request, Message message) throws JsonProcessingException {
    byte[] body = json.writeValueAsBytes(request);
    identify(message);
    message.setBody(body);
    message.setHeader("Content-Type", "application/json");
    message.setHeader("x-signature", signature.of(body));
  }

  /** Replaces the message's headers by those that identify the bridge and the database. */
  void identify(Message message) {
    message.removeHeaders("*");
    message.setHeader("User-Agent", Product.NAME);
    message.setHeader("x-api-key", settings.apiToken());
    if (!settings.database().isEmpty()) {
      message.setHeader("X-Odoo-Database", settings.database());
    }
  }
}
