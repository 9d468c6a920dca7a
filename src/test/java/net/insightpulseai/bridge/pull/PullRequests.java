package net.insightpulseai.bridge.pull;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import net.insightpulseai.bridge.BridgeTest;
import org.springframework.test.context.TestPropertySource;

/** Requests of subscribers that fetch their events. */
@TestPropertySource(
    properties = {"bridge.pull.waiters=80", "bridge.pull.waiters-per-subscriber=40"})
abstract class PullRequests extends BridgeTest {

  static final String ALL = "/bridge/subscribers";

  final String subscribe(String name, String fields) throws Exception {
    HttpResponse<String> created =
        post(
            ALL,
            "{\"name\":\"" + name + "\",\"kind\":\"pull\"," + fields + "}",
            "apikey",
            serviceKey());
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    return new ObjectMapper().readTree(created.body()).path("secret").asText();
  }

  final void store(String type, int resource) {
    jdbc()
        .update(
            "insert into public.audit_event (source, event_type, resource_id) values ('odoo', ?, ?)",
            type,
            String.valueOf(resource));
  }

  final HttpResponse<String> pull(String name, String query, String key) {
    return get(ALL + "/" + name + "/events" + query, "apikey", key);
  }

  final JsonNode fetch(String name, String query, String key) throws Exception {
    HttpResponse<String> answer = pull(name, query, key);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body());
  }

  final JsonNode fetchOrFail(String name, String query, String key) {
    try {
      return fetch(name, query, key);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  final HttpResponse<String> acknowledge(String name, String position, String key) {
    return post(ALL + "/" + name + "/ack", "{\"position\":\"" + position + "\"}", "apikey", key);
  }

  final HttpResponse<String> move(String name, String from) {
    return post(
        ALL + "/" + name + "/position",
        "{\"from\":" + from + ",\"who\":\"ada\",\"why\":\"a test\"}",
        "apikey",
        serviceKey());
  }

  static List<String> ids(JsonNode answer) {
    List<String> ids = new ArrayList<>();
    answer.path("events").forEach(event -> ids.add(event.path("id").asText()));
    return ids;
  }

  static String position(JsonNode answer) {
    return answer.path("position").asText();
  }
}
