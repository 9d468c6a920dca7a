package net.insightpulseai.bridge.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import net.insightpulseai.bridge.http.ClientRequest;
import net.insightpulseai.bridge.signature.StandardWebhooks;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * A simulated webhook receiver. As a receiver must, it accepts only what was signed with its
 * secret, recently.
 */
@Component("simulatedSubscriber")
public class SimulatedSubscriber {

  private static final Logger LOG = LoggerFactory.getLogger(SimulatedSubscriber.class);
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private final StandardWebhooks scheme;
  private final ObjectMapper json;

  SimulatedSubscriber(
      @Value("${DEMO_WEBHOOK_SECRET:}") String secret,
      @Qualifier("exactJson") ObjectMapper json,
      Clock clock) {
    this.scheme = new StandardWebhooks(List.of(secret), TOLERANCE, clock);
    this.json = json;
  }

  /** {@code POST /simulated-subscriber}: 204, or 401. */
  public void receive(Exchange exchange) throws IOException {
    ClientRequest request = ClientRequest.of(exchange);
    byte[] body = exchange.getMessage().getBody(byte[].class);
    boolean genuine =
        isSigned(
            request.header("webhook-id"),
            request.header("webhook-timestamp"),
            request.header("webhook-signature"),
            body);
    if (genuine) {
      String type = json.readTree(body).path("event_type").asText();
      LOG.info("Webhook: {}, {}, the signature is valid", type, request.header("webhook-id"));
    }
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, genuine ? 204 : 401);
    exchange.getMessage().setBody("");
  }

  private boolean isSigned(
      @Nullable String id, @Nullable String timestamp, @Nullable String signatures, byte[] body) {
    return id != null
        && timestamp != null
        && signatures != null
        && scheme.matches(id, timestamp, signatures, body)
        && scheme.isFresh(timestamp);
  }
}
