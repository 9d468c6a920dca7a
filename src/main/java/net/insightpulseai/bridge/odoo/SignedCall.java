package net.insightpulseai.bridge.odoo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.outbox.ClaimedRow;
import net.insightpulseai.bridge.signature.OutboundSignature;
import org.apache.camel.Message;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * The request of one attempt at Odoo: the body's bytes, their signature, and no headers but its
 * own.
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
   * Adds what every signed body ends with: whom it is meant for, and the time of this attempt, in
   * seconds since 1970, as Standard Webhooks has it.
   */
  ObjectNode addressed(ObjectNode body, String audience) {
    return body.put("audience", audience).put("timestamp", clock.instant().getEpochSecond());
  }

  /** Puts a request about one row in place of the message. */
  void put(ObjectNode request, ClaimedRow row, Message message) throws JsonProcessingException {
    put(request, message);
    message.setHeader("x-correlation-id", row.correlationId().toString());
    // Producers choose this key; what cannot be a header is still in the signed body.
    if (HEADER_VALUE.matcher(row.idempotencyKey()).matches()) {
      message.setHeader("Idempotency-Key", row.idempotencyKey());
    }
  }

  /** Puts a request in place of the message. */
  void put(ObjectNode request, Message message) throws JsonProcessingException {
    byte[] body = json.writeValueAsBytes(request);
    identify(message);
    message.setBody(body);
    message.setHeader("Content-Type", "application/json");
    message.setHeader("x-signature", signature.of(body));
  }

  /** Says who asks, and which database is meant, in place of the message's headers. */
  void identify(Message message) {
    message.removeHeaders("*");
    message.setHeader("User-Agent", "odoo-supabase-bridge");
    message.setHeader("x-api-key", settings.apiToken());
    if (!settings.database().isEmpty()) {
      message.setHeader("X-Odoo-Database", settings.database());
    }
  }
}
