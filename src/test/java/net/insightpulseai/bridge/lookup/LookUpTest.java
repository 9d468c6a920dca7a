package net.insightpulseai.bridge.lookup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.ingest.ExactJson;

/** What the tests of look-ups have in common. */
abstract class LookUpTest extends BridgeTest {

  private static final ObjectMapper JSON = ExactJson.mapper();

  /** Asks with the service key. */
  HttpResponse<String> ask(String path, String... headers) {
    List<String> all = new ArrayList<>(List.of("apikey", serviceKey()));
    all.addAll(List.of(headers));
    return get(path, all.toArray(String[]::new));
  }

  JsonNode askJson(String path) {
    HttpResponse<String> response = ask(path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return json(response);
  }

  static JsonNode json(HttpResponse<String> response) {
    assertThat(response.headers().firstValue("content-type").orElse(""))
        .startsWith("application/json");
    try {
      return JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError(response.body(), e);
    }
  }

  static List<Long> ids(JsonNode rows) {
    List<Long> ids = new ArrayList<>();
    rows.forEach(row -> ids.add(row.path("id").longValue()));
    return ids;
  }

  static String encode(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  void insertEvents(int count) {
    jdbc()
        .update(
            "insert into public.audit_event (source, event_type, resource_id)"
                + " select 'odoo', 'res.partner.updated', n::text from generate_series(1, ?) n",
            count);
  }

  /** An action that no engine touches. */
  long insertHeldAction(String action, String args) {
    return jdbc()
        .queryForObject(
            "insert into public.odoo_action_outbox (action, args, next_attempt_at)"
                + " values (?, ?::jsonb, 'infinity') returning id",
            Long.class,
            action,
            args);
  }
}
