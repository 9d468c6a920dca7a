package net.insightpulseai.bridge.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import net.insightpulseai.bridge.TestOdoo;
import net.insightpulseai.bridge.TestOdoo.Answer;
import org.junit.jupiter.api.Test;

class PushTest extends ActionTest {

  private static final String POST_INVOICE =
      "{\"action\":\"account.move.post\",\"args\":{\"id\":1234}}";

  @Test
  void aPushReturnsOdoosStatusAndBody() {
    String answer =
        "{\"ok\":true,\"code\":\"created\",\"message\":\"\",\"retryable\":false,\"result\":{\"n\":9007199254740993}}";
    odoo().answer(call -> Answer.json(201, answer));
    HttpResponse<String> response = push(POST_INVOICE);
    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.body()).isEqualTo(answer);
    assertThat(json(look(location(response))).path("status").textValue()).isEqualTo("applied");
  }

  @Test
  void odoosRefusalKeepsItsStatusAndBody() {
    odoo().answer(call -> Answer.error(404, "record_missing"));
    HttpResponse<String> response = push(POST_INVOICE);
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(json(response).path("code").textValue()).isEqualTo("record_missing");
    assertThat(json(look(location(response))).path("status").textValue()).isEqualTo("error");
  }

  @Test
  void aFailureThatOdooMasksWith200IsNoSuccess() {
    odoo()
        .answer(
            call ->
                Answer.json(200, "{\"ok\":false,\"code\":\"unknown_action\",\"message\":\"no\"}"));
    HttpResponse<String> response = push(POST_INVOICE);
    assertThat(response.statusCode()).isEqualTo(502);
    assertThat(json(response).path("code").textValue()).isEqualTo("unknown_action");
  }

  @Test
  void anActionThatEndsWithoutAnAnswerIs502AndSaysWhy() {
    HttpResponse<String> response =
        push("{\"action\":\"x.y\",\"not_after\":\"2020-01-01T00:00:00Z\"}");
    assertThat(response.statusCode()).isEqualTo(502);
    assertThat(json(response).path("ok").booleanValue()).isFalse();
    assertThat(json(response).path("code").textValue()).isNotBlank();
    assertThat(json(response).path("message").textValue()).isNotBlank();
    assertThat(json(response).path("id").longValue()).isEqualTo(1);
    assertThat(json(response).path("correlation_id").textValue()).hasSize(36);
  }

  @Test
  void numbersArriveInOdooToTheLastDigit() {
    push(
        "{\"action\":\"x.y\",\"args\":{\"big\":9007199254740993,\"rate\":1.10,\"one\":1.0},\"extra\":12345678901234567890}");
    assertThat(odoo().calls("x.y")).hasSize(1);
    assertThat(odoo().calls("x.y").get(0).text().replace(" ", ""))
        .contains("\"big\":9007199254740993", "\"rate\":1.10", "\"one\":1.0")
        .contains("12345678901234567890");
  }

  @Test
  void aSlowOdooIsAnswered202WithTheRowToLookAt() {
    CountDownLatch go = new CountDownLatch(1);
    odoo().answer(call -> afterwards(go, call));
    HttpResponse<String> response =
        push(
            "{\"action\":\"x.slow\",\"wait\":0.3,\"correlation_id\":\"11111111-2222-3333-4444-555555555555\"}");
    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(json(response).path("ok").booleanValue()).isTrue();
    assertThat(json(response).path("correlation_id").textValue())
        .isEqualTo("11111111-2222-3333-4444-555555555555");
    assertThat(location(response)).isEqualTo("/bridge/actions/" + json(response).path("id"));
    go.countDown();
    await()
        .untilAsserted(
            () ->
                assertThat(json(look(location(response))).path("status").textValue())
                    .isEqualTo("applied"));
  }

  @Test
  void respondAsyncAnswersAtOnce() {
    CountDownLatch go = new CountDownLatch(1);
    odoo().answer(call -> afterwards(go, call));
    HttpResponse<String> response = push("{\"action\":\"x.slow\"}", "Prefer", "respond-async");
    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(go.getCount()).isEqualTo(1);
    go.countDown();
    await()
        .untilAsserted(
            () ->
                assertThat(json(look(location(response))).path("status").textValue())
                    .isEqualTo("applied"));
  }

  private static Answer afterwards(CountDownLatch go, TestOdoo.Call call) {
    try {
      go.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return TestOdoo.applied(call);
  }

  @Test
  void aRepeatedKeyReturnsTheFirstOutcomeAndCallsOdooOnce() {
    odoo().answer(call -> Answer.error(409, "stale"));
    String body =
        "{\"action\":\"x.y\",\"args\":{\"id\":1,\"v\":1.0},\"idempotency_key\":\"key-1\"}";
    HttpResponse<String> first = push(body);
    odoo().answer(TestOdoo::applied);
    HttpResponse<String> again =
        push("{\"idempotency_key\":\"key-1\", \"args\":{\"v\":1.0,\"id\":1},\"action\":\"x.y\"}");
    assertThat(first.statusCode()).isEqualTo(409);
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(location(again)).isEqualTo(location(first));
    assertThat(odoo().calls("x.y")).hasSize(1);
  }

  @Test
  void aKeyThatWasUsedForSomethingElseIsRefused() {
    push("{\"action\":\"x.y\",\"args\":{\"id\":1},\"idempotency_key\":\"key-1\"}");
    for (String other :
        List.of(
            "{\"action\":\"x.y\",\"args\":{\"id\":2},\"idempotency_key\":\"key-1\"}",
            "{\"action\":\"x.z\",\"args\":{\"id\":1},\"idempotency_key\":\"key-1\"}")) {
      HttpResponse<String> response = post("/bridge/apply", other, "apikey", serviceKey());
      assertThat(response.statusCode()).isEqualTo(409);
      assertThat(json(response).path("code").textValue()).isEqualTo("idempotency_key_reused");
    }
    assertThat(jdbc().queryForObject("select count(*) from public.odoo_action_outbox", Long.class))
        .isEqualTo(1);
  }

  @Test
  void whatACallerSaysBeyondTheContractReachesTheRow() {
    push(
        "{\"action\":\"x.y\",\"correlation_id\":\"11111111-2222-3333-4444-555555555555\",\"ordering_key\":\"lane\","
            + "\"max_attempts\":3,\"causation_id\":\"cause\",\"hop\":2,\"note\":{\"a\":[1]},\"wait\":0}");
    Map<String, Object> row =
        jdbc()
            .queryForMap(
                "select correlation_id::text, ordering_key, max_attempts, causation_id, hop::int, envelope::text, args::text"
                    + " from public.odoo_action_outbox");
    assertThat(row)
        .containsEntry("correlation_id", "11111111-2222-3333-4444-555555555555")
        .containsEntry("ordering_key", "lane")
        .containsEntry("max_attempts", 3)
        .containsEntry("causation_id", "cause")
        .containsEntry("hop", 2)
        .containsEntry("envelope", "{\"note\": {\"a\": [1]}}")
        .containsEntry("args", "{}");
  }

  @Test
  void theTraceOfARefusedPushTellsItFromTheRequestToTheDeadLetter() {
    odoo().answer(call -> Answer.error(404, "record_missing"));
    HttpResponse<String> response = push(POST_INVOICE);
    String correlationId = response.headers().firstValue("x-correlation-id").orElseThrow();
    List<String> story = new ArrayList<>();
    json(look("/bridge/trace/" + correlationId))
        .path("story")
        .forEach(
            item ->
                story.add(
                    item.path("what").textValue()
                        + " "
                        + item.path("row")
                            .path("event_type")
                            .asText(item.path("status").textValue())));
    assertThat(story)
        .containsExactly(
            "action error", "attempt rejected", "dead_letter open", "event bridge.action.failed");
  }
}
