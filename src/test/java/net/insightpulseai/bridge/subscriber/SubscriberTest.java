package net.insightpulseai.bridge.subscriber;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.ingest.ExactJson;

/** What the tests of {@code /bridge/subscribers} have in common. */
public abstract class SubscriberTest extends BridgeTest {

  protected static final String SUBSCRIBERS = "/bridge/subscribers";
  protected static final String BY_ADA = "{\"who\":\"ada\",\"why\":\"a test\"}";

  /** Asks with the service key; without a body if it is empty. */
  protected HttpResponse<String> ask(String method, String path, String body) {
    return call(method, path, body.getBytes(UTF_8), "apikey", serviceKey());
  }

  protected HttpResponse<String> create(String body) {
    return ask("POST", SUBSCRIBERS, body);
  }

  protected HttpResponse<String> change(String key, String body) {
    return ask("PATCH", SUBSCRIBERS + "/" + key, body);
  }

  protected HttpResponse<String> act(String key, String act, String body) {
    return ask("POST", SUBSCRIBERS + "/" + key + "/" + act, body);
  }

  /** A webhook that nobody calls. */
  protected JsonNode created(String name) {
    return json(
        201,
        create(
            "{\"name\":\"%s\",\"kind\":\"webhook\",\"url\":\"https://crm.example.com/hooks?key=k1\"}"
                .formatted(name)));
  }

  protected JsonNode show(String key) {
    return json(200, ask("GET", SUBSCRIBERS + "/" + key, ""));
  }

  protected static JsonNode json(int status, HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("content-type").orElse(""))
        .startsWith("application/json");
    try {
      return ExactJson.mapper().readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError(response.body(), e);
    }
  }

  protected static void assertRefused(
      HttpResponse<String> response, int status, String code, String part) {
    JsonNode refusal = json(status, response);
    assertThat(refusal.path("code").asText()).as(response.body()).isEqualTo(code);
    assertThat(refusal.path("message").asText()).contains(part);
  }

  /** What the audit tells of subscribers, oldest first. */
  protected List<Map<String, Object>> audit() {
    return jdbc()
        .queryForList(
            "select event_type, resource_id, payload::text as payload, payload ->> 'by' as by, payload ->> 'why' as why"
                + " from public.audit_event where source = 'bridge' order by id");
  }

  /** A row that waits for a subscriber and is not due. */
  protected void deliveryWaits(long subscriber, int count) {
    jdbc()
        .update(
            "insert into bridge.event_delivery (target, event_id, event_created_at, correlation_id, idempotency_key,"
                + " ordering_key, next_attempt_at)"
                + " select 'subscriber:' || ?, n, now(), gen_random_uuid(), 'evt_' || n,"
                + " case when n % 2 = 0 then '' else 'res.partner:' || n end, now() + interval '1 hour'"
                + " from generate_series(1, ?) n",
            subscriber, count);
  }
}
