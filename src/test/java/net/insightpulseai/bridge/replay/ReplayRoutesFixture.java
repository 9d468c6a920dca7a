package net.insightpulseai.bridge.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import net.insightpulseai.bridge.BridgeTest;
import org.junit.jupiter.api.BeforeEach;

/** What the tests of the replays' routes have in common. */
abstract class ReplayRoutesFixture extends BridgeTest {

  static final String REPLAY = "/bridge/replay";
  static final String SAID = "\"who\":\"ada\",\"why\":\"the disk was full\"";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Three events that a subscriber gets, who is paused so that nothing is sent. */
  @BeforeEach
  final void insertEvents() {
    jdbc()
        .update(
            "insert into public.audit_event (source, event_type, resource_id)"
                + " select 'odoo', 'res.partner.updated', n::text from generate_series(1, 3) n");
    jdbc()
        .update(
            "insert into bridge.subscriber (name, kind, url) values ('n8n', 'webhook', 'http://127.0.0.1:9/')");
    jdbc()
        .update(
            "insert into bridge.target (name, state) values ('subscriber:1', 'paused')"
                + " on conflict (name) do update set state = 'paused'");
  }

  final void start(String body) {
    json(postSigned(REPLAY, body), 202);
  }

  final JsonNode change(long id, String act, int status) {
    return json(
        post(
            "/bridge/replays/" + id + "/" + act,
            "{\"who\":\"grace\",\"why\":\"too loud\"}",
            "apikey",
            serviceKey()),
        status);
  }

  final JsonNode ask(String path) {
    return json(get(path, "apikey", serviceKey()), 200);
  }

  static String code(HttpResponse<String> response, int status) {
    return json(response, status).path("code").textValue();
  }

  static JsonNode json(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    try {
      return JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError(response.body(), e);
    }
  }
}
