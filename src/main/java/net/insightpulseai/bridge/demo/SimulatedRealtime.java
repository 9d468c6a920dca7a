package net.insightpulseai.bridge.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLDecoder;
import java.security.MessageDigest;
import net.insightpulseai.bridge.access.SupabaseSettings;
import net.insightpulseai.bridge.http.ClientRequest;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * A simulated Supabase Realtime. It refuses what the endpoint for a single event refuses, and logs
 * what a dashboard would receive.
 */
@Component("simulatedRealtime")
public class SimulatedRealtime {

  private static final Logger LOG = LoggerFactory.getLogger(SimulatedRealtime.class);

  /** The limit of the free plan, in bytes. */
  private static final int LIMIT = 256_500;

  private final SupabaseSettings supabase;
  private final ObjectMapper json;

  SimulatedRealtime(SupabaseSettings supabase, @Qualifier("exactJson") ObjectMapper json) {
    this.supabase = supabase;
    this.json = json;
  }

  /** {@code POST /realtime/v1/api/broadcast/{topic}/events/{event}}. */
  public void broadcast(Exchange exchange) throws IOException {
    byte[] body = exchange.getMessage().getBody(byte[].class);
    if (!isOurs(ClientRequest.of(exchange).header("apikey"))) {
      answer(exchange, 401, "{\"message\":\"Invalid API key\"}");
    } else if (!isObject(body)) {
      answer(exchange, 422, "{\"errors\":{\"payload\":[\"is invalid\"]}}");
    } else if (body.length > LIMIT) {
      answer(exchange, 422, "{\"errors\":{\"payload\":[\"Payload size exceeds tenant limit\"]}}");
    } else {
      String topic =
          URLDecoder.decode(exchange.getMessage().getHeader("topic", String.class), UTF_8);
      LOG.info("Realtime: {} on {}", json.readTree(body).path("event_type").asText(), topic);
      answer(exchange, 202, "");
    }
  }

  private boolean isOurs(@Nullable String key) {
    return key != null
        && MessageDigest.isEqual(supabase.serviceRoleKey().getBytes(UTF_8), key.getBytes(UTF_8));
  }

  private boolean isObject(byte[] body) throws IOException {
    try {
      JsonNode payload = json.readTree(body);
      return payload.isObject();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static void answer(Exchange exchange, int status, String body) {
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
    exchange.getMessage().setBody(body);
  }
}
