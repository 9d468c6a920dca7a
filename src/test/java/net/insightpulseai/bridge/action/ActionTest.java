package net.insightpulseai.bridge.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.ingest.ExactJson;

/** What the tests of actions have in common. */
abstract class ActionTest extends BridgeTest {

  static final String PUSH = "/functions/v1/push_to_odoo";

  /** Pushes with the service key. */
  HttpResponse<String> push(String body, String... headers) {
    List<String> all = new ArrayList<>(List.of("authorization", "Bearer " + serviceKey()));
    all.addAll(List.of(headers));
    return post(PUSH, body, all.toArray(String[]::new));
  }

  HttpResponse<String> look(String location) {
    return get(location, "apikey", serviceKey());
  }

  static String location(HttpResponse<String> response) {
    return response.headers().firstValue("location").orElseThrow();
  }

  static JsonNode json(HttpResponse<String> response) {
    assertThat(response.headers().firstValue("content-type").orElse(""))
        .startsWith("application/json");
    try {
      return ExactJson.mapper().readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError(response.body(), e);
    }
  }
}
