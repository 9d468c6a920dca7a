package net.insightpulseai.bridge.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.insightpulseai.bridge.http.ClientRequest;
import net.insightpulseai.bridge.signature.SubscriberSignature;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Stands in for somebody's webhook in the demo, and does what a receiver has to do: it signs what
 * came with the secret it was given, and believes it if the result is among the signatures.
 */
@Component("simulatedSubscriber")
public class SimulatedSubscriber {

  private static final Logger LOG = LoggerFactory.getLogger(SimulatedSubscriber.class);
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private final String secret;
  private final ObjectMapper json;
  private final Clock clock;

  SimulatedSubscriber(
      @Value("${DEMO_WEBHOOK_SECRET:}") String secret,
      @Qualifier("exactJson") ObjectMapper json,
      Clock clock) {
    this.secret = secret;
    this.json = json;
    this.clock = clock;
  }

  /** {@code POST /simulated-subscriber}: 204, or 401. */
  public void receive(Exchange exchange) throws IOException {
    HttpServletRequest request = ClientRequest.of(exchange);
    byte[] body = exchange.getMessage().getBody(byte[].class);
    boolean genuine =
        isSigned(
            request.getHeader("webhook-id"),
            request.getHeader("webhook-timestamp"),
            request.getHeader("webhook-signature"),
            body);
    if (genuine) {
      String type = json.readTree(body).path("event_type").asText();
      LOG.info("Webhook: {}, {}, its signature is right", type, request.getHeader("webhook-id"));
    }
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, genuine ? 204 : 401);
    exchange.getMessage().setBody("");
  }

  private boolean isSigned(
      @Nullable String id, @Nullable String timestamp, @Nullable String signatures, byte[] body) {
    if (secret.isEmpty() || id == null || timestamp == null || signatures == null) {
      return false;
    }
    if (!timestamp.matches("\\d{1,12}")) {
      return false;
    }
    Instant signed = Instant.ofEpochSecond(Long.parseLong(timestamp));
    if (Duration.between(signed, clock.instant()).abs().compareTo(TOLERANCE) > 0) {
      return false;
    }
    String expected =
        SubscriberSignature.standard(List.of(secret), id, signed, body).get("webhook-signature");
    boolean matches = false;
    for (String one : signatures.split(" ")) {
      matches |=
          MessageDigest.isEqual(String.valueOf(expected).getBytes(UTF_8), one.getBytes(UTF_8));
    }
    return matches;
  }
}
