package net.insightpulseai.bridge.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import net.insightpulseai.bridge.signature.HmacSha256;

/** Calls the bridge from outside, as Odoo and an agent do. */
final class DemoClient {

  private static final Duration TIME_LIMIT = Duration.ofSeconds(20);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIME_LIMIT).build();
  private final ObjectMapper json = new ObjectMapper();
  private final DemoCredentials credentials;

  DemoClient(DemoCredentials credentials) {
    this.credentials = credentials;
  }

  /** Sends one signed event as Odoo does, and returns its correlation id. */
  String sendEvent() throws IOException {
    return send("/functions/v1/odoo_event_ingest", "res.partner.updated", 42, "name", "Acme Corp");
  }

  /** Sends one signed event that is not from Odoo, and returns its correlation id. */
  String sendEventFromElsewhere() throws IOException {
    return send("/bridge/event", "app.order.paid", 7, "amount", "99.95");
  }

  private String send(String path, String type, int id, String field, String value)
      throws IOException {
    String correlationId = UUID.randomUUID().toString();
    ObjectNode event =
        json.createObjectNode()
            .put("event_type", type)
            .put("resource_id", id)
            .put("event_id", "demo-" + correlationId)
            .put("correlation_id", correlationId);
    event.putObject("payload").put(field, value);
    byte[] body = json.writeValueAsBytes(event);
    String signature = HmacSha256.hex(credentials.get("EDGE_HMAC_SECRET"), body);
    call(post(path, body).header("x-signature", signature));
    return correlationId;
  }

  /** Pushes one action, waits for the answer of Odoo, and returns its correlation id. */
  String pushAction() throws IOException {
    String correlationId = UUID.randomUUID().toString();
    ObjectNode action =
        json.createObjectNode()
            .put("action", "res.partner.update")
            .put("correlation_id", correlationId);
    ObjectNode args = action.putObject("args").put("id", 42);
    args.putObject("values").put("name", "Acme Corp");
    call(withKey(post("/functions/v1/push_to_odoo", json.writeValueAsBytes(action))));
    return correlationId;
  }

  JsonNode trace(String correlationId) throws IOException {
    return call(withKey(request("/bridge/trace/" + correlationId)));
  }

  private HttpRequest.Builder post(String path, byte[] body) {
    return request(path)
        .header("content-type", "application/json")
        .POST(BodyPublishers.ofByteArray(body));
  }

  private HttpRequest.Builder withKey(HttpRequest.Builder request) {
    return request.header(
        "authorization", "Bearer " + credentials.get("SUPABASE_SERVICE_ROLE_KEY"));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(credentials.get("BRIDGE_URL") + path))
        .timeout(TIME_LIMIT);
  }

  private JsonNode call(HttpRequest.Builder builder) throws IOException {
    HttpRequest request = builder.build();
    try {
      HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        throw new IOException(
            "%s answered %d: %s"
                .formatted(
                    request.uri().getPath(),
                    answer.statusCode(),
                    new String(answer.body(), UTF_8).strip()));
      }
      return json.readTree(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while calling " + request.uri().getPath(), e);
    }
  }
}
