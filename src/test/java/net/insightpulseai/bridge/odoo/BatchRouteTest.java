package net.insightpulseai.bridge.odoo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import net.insightpulseai.bridge.TestOdoo;
import net.insightpulseai.bridge.TestOdoo.Answer;
import net.insightpulseai.bridge.TestOdoo.Call;
import org.junit.jupiter.api.Test;

/** What goes to Odoo together, and what does not. */
class BatchRouteTest extends BatchTest {

  private static final Answer HTML = new Answer(500, Map.of(), "<h1>Oops</h1>".getBytes(UTF_8));
  private static final Answer NO_RESULTS = Answer.json(200, "{\"ok\":true,\"results\":[]}");

  @Test
  void whatWaitsGoesTogetherInOneSignedCallByAscendingId() {
    insert(IntStream.rangeClosed(1, 25).toArray());

    awaitActions(25, "status = 'applied' and attempts = 1");
    assertThat(odoo().batches()).extracting(call -> call.actions().size()).contains(20);
    Call call = odoo().batches().get(0);
    assertThat(call.path()).isEqualTo("/api/agent/apply");
    assertThat(call.headers()).doesNotContainKeys("Idempotency-key", "X-correlation-id");
    assertThat(call.json().fieldNames())
        .toIterable()
        .containsExactly("actions", "audience", "timestamp");
    assertThat(call.json().path("audience").asText()).isEqualTo("odoo.apply");
    for (JsonNode action : call.actions()) {
      Map<String, Object> row = row(action.at("/args/id").asInt());
      assertThat(action.fieldNames())
          .toIterable()
          .containsExactly("action", "args", "idempotency_key", "correlation_id", "hop");
      assertThat(action.path("idempotency_key").asText()).isEqualTo(row.get("idempotency_key"));
      assertThat(action.path("correlation_id").asText())
          .isEqualTo(row.get("correlation_id").toString());
      assertThat(action.path("hop").asInt()).isEqualTo(1);
    }
    assertThat(odoo().batches())
        .allSatisfy(batch -> assertThat(partners(batch)).isSorted().doesNotHaveDuplicates());
  }

  @Test
  void aLoneActionGoesAlone() {
    insert(1);

    awaitActions(1, "status = 'applied'");
    assertThat(odoo().batches()).isEmpty();
    assertThat(odoo().calls(UPDATE).get(0).json().has("actions")).isFalse();
  }

  @Test
  void noMoreThanOdooTakesGoInOneCall() {
    odoo().takesTogether(3, UPDATE);
    awaitBatchesOf(3);

    insert(1, 2, 3, 4, 5, 6, 7);

    awaitActions(7, "status = 'applied'");
    assertThat(odoo().batches()).extracting(call -> call.actions().size()).containsOnly(3);
  }

  @Test
  void whatOdooDoesNotTakeTogetherGoesAlone() {
    jdbc()
        .update(
            "insert into public.odoo_action_outbox (action, args, envelope) values"
                + " ('res.partner.update', '{\"id\": 1}', null),"
                + " ('res.partner.update', '{\"id\": 2}', '{\"note\": \"n\"}'),"
                + " ('account.move.post', '{\"id\": 3}', null),"
                + " ('bridge.ping', '{\"id\": 4}', null),"
                + " ('res.partner.update', jsonb_build_object('id', 5, 'text',"
                + "   (select string_agg(md5(i::text), '') from generate_series(1, 2000) i)), null),"
                + " ('res.partner.update', '{\"id\": 6}', null)");

    awaitActions(6, "status = 'applied'");
    assertThat(odoo().batches()).hasSize(1);
    assertThat(partners(odoo().batches().get(0))).containsExactly(1, 6);
    assertThat(odoo().calls())
        .filteredOn(call -> call.actions().size() == 1)
        .flatExtracting(BatchTest::partners)
        .containsExactlyInAnyOrder(2, 3, 4, 5);
  }

  @Test
  void ofOneRecordOnlyTheFirstIsInACall() {
    insert(1, 1, 1, 2);

    awaitActions(4, "status = 'applied'");
    assertThat(odoo().batches())
        .allSatisfy(call -> assertThat(partners(call)).doesNotHaveDuplicates());
    assertThat(partners(odoo().batches().get(0))).containsExactly(1, 2);
  }

  @Test
  void whoWaitsForAnActionGetsItsOwnAnswer() throws Exception {
    odoo()
        .answer(
            call ->
                TestOdoo.each(
                    call,
                    action ->
                        action.at("/args/id").asInt() == 3
                            ? Answer.error(422, "user_error")
                            : Answer.json(
                                200,
                                "{\"ok\":true,\"code\":\"ok\",\"result\":{\"id\":%d}}"
                                    .formatted(action.at("/args/id").asInt()))));
    jdbc().update("update bridge.target set state = 'paused' where name = 'odoo'");
    ExecutorService callers = Executors.newFixedThreadPool(5);
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int partner = 1; partner <= 5; partner++) {
      String push = "{\"action\":\"res.partner.update\",\"args\":{\"id\":%d}}".formatted(partner);
      answers.add(
          CompletableFuture.supplyAsync(
              () ->
                  post(
                      "/functions/v1/push_to_odoo",
                      push,
                      "Authorization",
                      "Bearer " + serviceKey()),
              callers));
    }
    awaitActions(5, "status = 'queued'");
    jdbc().update("update bridge.target set state = 'running' where name = 'odoo'");

    for (int partner = 1; partner <= 5; partner++) {
      HttpResponse<String> answer = answers.get(partner - 1).get();
      assertThat(answer.body())
          .contains("\"correlation_id\":\"" + row(partner).get("correlation_id") + "\"")
          .doesNotContain("idempotency_key", "\"status\"");
      if (partner == 3) {
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("\"code\":\"user_error\"");
      } else {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"result\":{\"id\":" + partner + "}");
      }
    }
    assertThat(odoo().batches()).hasSize(1);
    callers.shutdown();
  }

  @Test
  void aPausedTargetIsSentNoBatch() {
    jdbc().update("update bridge.target set state = 'paused' where name = 'odoo'");
    insert(1, 2, 3);

    await().during(Duration.ofSeconds(1)).until(() -> count("status = 'queued'") == 3);
    assertThat(odoo().calls()).isEmpty();
  }

  /** Any action, any call may fail in any way; the seed is in the assertion. */
  @Test
  void aRecordKeepsItsOrderAndHasEachEffectOnceUnderRandomFailuresOfCallsAndOfActions() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Set<String> receipts = ConcurrentHashMap.newKeySet();
    Map<Integer, List<Integer>> effects = new ConcurrentHashMap<>();
    odoo()
        .answer(
            call -> {
              if (call.action().equals("bridge.ping")) {
                return TestOdoo.applied(call);
              }
              synchronized (random) {
                int fate = random.nextInt(10);
                if (fate == 0) {
                  return HTML;
                }
                Answer answer =
                    TestOdoo.each(call, action -> perform(action, random, receipts, effects));
                // As good as lost: it is done, but nobody gets to know.
                return fate > 1 ? answer : call.actions().size() > 1 ? NO_RESULTS : HTML;
              }
            });
    List<Integer> all = new ArrayList<>();
    for (int n = 0; n < 150; n++) {
      all.add(n);
      jdbc()
          .update(
              "insert into public.odoo_action_outbox (action, args, max_attempts) values"
                  + " ('res.partner.update', jsonb_build_object('id', ?::int, 'n', ?::int), 100)",
              n % 12,
              n);
    }

    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              // No waiting for a retry's turn.
              jdbc()
                  .update(
                      "update public.odoo_action_outbox set next_attempt_at = now()"
                          + " where status = 'queued' and next_attempt_at > now()");
              return count("status = 'applied'") == 150;
            });

    assertThat(odoo().batches()).as("seed %d", seed).isNotEmpty();
    assertThat(effects.values())
        .as("seed %d", seed)
        .allSatisfy(ofOne -> assertThat(ofOne).isSorted().doesNotHaveDuplicates());
    assertThat(effects.values().stream().flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(all);
  }

  private static Answer perform(
      JsonNode action, Random random, Set<String> receipts, Map<Integer, List<Integer>> effects) {
    switch (random.nextInt(8)) {
      case 0:
        return Answer.json(500, "{\"ok\":false,\"code\":\"internal\",\"retryable\":true}");
      case 1:
        return Answer.json(425, "{\"ok\":false,\"code\":\"not_run\",\"retryable\":true}");
      default:
        if (receipts.add(action.path("idempotency_key").asText())) {
          effects
              .computeIfAbsent(action.at("/args/id").asInt(), id -> new ArrayList<>())
              .add(action.at("/args/n").asInt());
        }
        return Answer.json(200, "{\"ok\":true,\"code\":\"ok\"}");
    }
  }
}
