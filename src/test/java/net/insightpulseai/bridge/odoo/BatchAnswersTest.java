package net.insightpulseai.bridge.odoo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.stream.IntStream;
import net.insightpulseai.bridge.TestOdoo;
import net.insightpulseai.bridge.TestOdoo.Answer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What becomes of each action by what a call for several was answered. */
class BatchAnswersTest extends BatchTest {

  @Autowired private MeterRegistry meters;

  @Test
  void eachResultIsJudgedLikeTheAnswerToAnActionThatWentAlone() {
    Map<Integer, Answer> answers =
        Map.of(
            2, Answer.error(422, "user_error"),
            3, Answer.error(404, "record_missing"),
            4, Answer.json(500, "{\"ok\":false,\"code\":\"internal\",\"retryable\":true}"),
            5, Answer.json(425, "{\"ok\":false,\"code\":\"not_run\",\"message\":\"budget\"}"),
            6, Answer.json(200, "{\"ok\":false,\"code\":\"stale\"}"));
    odoo().answer(call -> TestOdoo.each(call, action -> answer(answers, action)));
    double before = attempts();

    insert(1, 2, 3, 4, 5, 6, 7);

    awaitActions(0, "status = 'sent' or response_status is null");
    assertThat(odoo().batches()).hasSize(1);
    for (int applied : new int[] {1, 7}) {
      assertThat(row(applied)).containsEntry("status", "applied").containsEntry("attempts", 1);
    }
    for (int dead : new int[] {2, 3, 6}) {
      assertThat(row(dead)).containsEntry("status", "error").containsEntry("attempts", 1);
    }
    assertThat(row(2)).containsEntry("response_status", 422);
    assertThat(row(2).get("response_body").toString()).contains("user_error");
    assertThat(row(4)).containsEntry("status", "queued").containsEntry("attempts", 1);
    assertThat(row(5)).containsEntry("status", "queued").containsEntry("attempts", 0);
    assertThat(
            jdbc().queryForList("select class from bridge.attempt order by row_id", String.class))
        .containsExactly("rejected", "rejected", "internal", "not_run", "rejected");
    assertThat(
            jdbc()
                .queryForList(
                    "select event_type from public.audit_event where source = 'bridge' order by 1",
                    String.class))
        .containsExactly(
            "bridge.action.applied",
            "bridge.action.applied",
            "bridge.action.failed",
            "bridge.action.failed",
            "bridge.action.failed");
    // Encrypted: each went through the route dead-letter.
    assertThat(text("select count(key_id) || '/' || count(*) from bridge.dead_letter"))
        .isEqualTo("3/3");
    assertThat(attempts() - before).isEqualTo(7);
  }

  @Test
  void anAnswerMayBeAsLongAsTheBatchIsLarge() {
    String note = "x".repeat(8_000);
    odoo()
        .answer(
            call ->
                TestOdoo.each(
                    call,
                    action ->
                        Answer.json(
                            200,
                            "{\"ok\":true,\"code\":\"ok\",\"result\":{\"note\":\"%s\"}}"
                                .formatted(note))));

    insert(IntStream.rangeClosed(1, 20).toArray());

    awaitActions(20, "status = 'applied' and attempts = 1");
    assertThat(odoo().batches()).hasSize(1);
    assertThat(alone()).isEmpty();
    assertThat(row(20).get("response_body").toString()).contains(note);
  }

  @Test
  void whatIsMissingOrSaidTwiceIsUnknownAndRepeatedWithItsKeyAndWhatNobodyAskedForIsIgnored() {
    odoo()
        .answer(
            call ->
                call.actions().size() == 1
                    ? TestOdoo.applied(call)
                    : Answer.json(
                        200,
                        "{\"ok\":true,\"results\":[%s,%s,%s,%s,7,{\"idempotency_key\":7}]}"
                            .formatted(
                                result(call.actions().get(0)),
                                result(call.actions().get(2)),
                                result(call.actions().get(2)).replace("true", "false"),
                                "{\"idempotency_key\":\"nobodys\",\"status\":422,\"ok\":false}")));

    insert(1, 2, 3);

    awaitActions(3, "status = 'applied'");
    assertThat(row(1)).containsEntry("attempts", 1);
    assertThat(row(2)).containsEntry("attempts", 2);
    assertThat(row(3)).containsEntry("attempts", 2);
    assertThat(alone()).containsExactlyInAnyOrder(2, 3);
    assertThat(odoo().calls(UPDATE))
        .extracting(call -> call.json().path("idempotency_key").asText())
        .containsExactlyInAnyOrder(
            row(2).get("idempotency_key").toString(), row(3).get("idempotency_key").toString());
    assertThat(jdbc().queryForList("select class from bridge.attempt", String.class))
        .containsExactly("no_result", "no_result");
    assertThat(odoo().calls("bridge.ping")).hasSize(1);
  }

  private static Answer answer(Map<Integer, Answer> answers, JsonNode action) {
    Answer ok = Answer.json(200, "{\"ok\":true,\"code\":\"ok\"}");
    return answers.getOrDefault(action.at("/args/id").asInt(), ok);
  }

  private double attempts() {
    return meters.find("bridge.queue.attempts").tag("queue", "odoo-actions").timers().stream()
        .mapToLong(timer -> timer.count())
        .sum();
  }

  private static String result(JsonNode action) {
    return "{\"idempotency_key\":\"%s\",\"status\":200,\"ok\":true}"
        .formatted(action.path("idempotency_key").asText());
  }
}
