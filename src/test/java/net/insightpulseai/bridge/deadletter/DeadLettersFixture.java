package net.insightpulseai.bridge.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.TestOdoo;
import net.insightpulseai.bridge.TestOdoo.Answer;
import net.insightpulseai.bridge.ingest.ExactJson;

/** What the tests of the dead letters' routes have in common: an Odoo that refuses, an operator. */
abstract class DeadLettersFixture extends BridgeTest {

  static final String LIST = "/bridge/dead-letters";
  static final String RECORD = "{\"who\":\"ann\",\"why\":\"mended the partner\"}";

  /** Odoo refuses these actions, and every event. */
  void odooRefuses(String... actions) {
    odoo()
        .answer(
            call ->
                List.of(actions).contains(call.action()) || call.path().endsWith("event_push")
                    ? Answer.error(422, "unknown_action")
                    : TestOdoo.applied(call));
  }

  long insert(String action, String args) {
    return jdbc()
        .queryForObject(
            "insert into public.odoo_action_outbox (action, args) values (?, ?::jsonb) returning id",
            Long.class,
            action,
            args);
  }

  void awaitStatus(long id, String status) {
    await()
        .until(
            () ->
                jdbc()
                    .queryForObject(
                        "select status from public.odoo_action_outbox where id = ?",
                        String.class,
                        id)
                    .equals(status));
  }

  /** An action that Odoo has refused. */
  long dead(String action, String args) {
    long id = insert(action, args);
    awaitStatus(id, "error");
    return id;
  }

  void awaitLetters(int count) {
    await().until(() -> count("bridge.dead_letter") == count);
  }

  int count(String from) {
    return jdbc().queryForObject("select count(*) from " + from, Integer.class);
  }

  /** Asks with the service key; the answer must have this status. */
  JsonNode ask(int status, String path) {
    return json(status, get(path, "apikey", serviceKey()));
  }

  /** Posts with the service key; the answer must have this status. */
  JsonNode tell(int status, String path, String body) {
    return json(status, post(path, body, "apikey", serviceKey()));
  }

  /** The operator's body with further fields. */
  static String record(String more) {
    return RECORD.substring(0, RECORD.length() - 1) + "," + more + "}";
  }

  List<Long> listed(String query) {
    return ask(200, LIST + query).path("dead_letters").findValues("id").stream()
        .map(JsonNode::longValue)
        .toList();
  }

  private static JsonNode json(int status, HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    try {
      return ExactJson.mapper().readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError(response.body(), e);
    }
  }
}
