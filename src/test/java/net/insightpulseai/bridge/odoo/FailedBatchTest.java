package net.insightpulseai.bridge.odoo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.insightpulseai.bridge.TestOdoo;
import net.insightpulseai.bridge.TestOdoo.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A call that fails as a whole costs its actions no attempt, and each is sent alone next. */
class FailedBatchTest extends BatchTest {

  static Stream<Arguments> asAWhole() {
    return Stream.of(
        Arguments.of("unavailable", html(500)),
        Arguments.of("unavailable", html(502)),
        Arguments.of("unexpected_answer", html(200)),
        Arguments.of("internal", Answer.json(500, "{\"ok\":false,\"code\":\"internal\"}")),
        Arguments.of("rejected", Answer.error(400, "bad_request")),
        Arguments.of("rejected", Answer.error(413, "too_large")),
        Arguments.of("unexpected_answer", Answer.json(200, "{\"ok\":true}")),
        Arguments.of("unexpected_answer", Answer.json(200, "{\"results\":[]}")),
        Arguments.of("unexpected_answer", Answer.json(200, "{\"ok\":true,\"results\":[")),
        Arguments.of("redirected", new Answer(302, Map.of("Location", "/web/login"), new byte[0])),
        Arguments.of(
            "unexpected_answer",
            Answer.json(
                200, "{\"ok\":true,\"results\":[],\"x\":\"" + "x".repeat(1_400_000) + "\"}")));
  }

  @ParameterizedTest
  @MethodSource("asAWhole")
  void aCallThatFailsAsAWholeCostsNoAttemptAndEachGoesAloneNext(String reason, Answer whole) {
    odoo().answer(call -> call.actions().size() > 1 ? whole : TestOdoo.applied(call));

    insert(1, 2, 3, 4, 5);

    awaitActions(5, "status = 'applied' and attempts = 1");
    assertThat(odoo().batches()).hasSize(1);
    assertThat(alone()).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
    assertThat(jdbc().queryForList("select distinct class from bridge.attempt", String.class))
        .containsExactly(reason);
  }

  @Test
  void aConnectionThatIsLostWithTheAnswerHasOneEffectEach() {
    Set<String> effects = ConcurrentHashMap.newKeySet();
    odoo()
        .answer(
            call -> {
              call.actions()
                  .forEach(action -> effects.add(action.path("idempotency_key").asText()));
              if (call.actions().size() > 1) {
                throw new IllegalStateException("the connection is closed without an answer");
              }
              return TestOdoo.applied(call);
            });

    insert(1, 2, 3);

    awaitActions(3, "status = 'applied' and attempts = 1");
    assertThat(effects).as("three actions and the ping").hasSize(4);
    assertThat(alone()).containsExactlyInAnyOrder(1, 2, 3);
  }

  @Test
  void aCallThatIsNotAnsweredInTimeGoesBackUncountedAndIsNotAtOnceRepeated() {
    CountDownLatch end = new CountDownLatch(1);
    odoo()
        .answer(
            call -> {
              if (call.actions().size() > 1) {
                holdUntil(end);
              }
              return TestOdoo.applied(call);
            });

    insert(1, 2, 3);

    awaitActions(3, "status = 'queued' and last_error like 'a call with 3 actions failed%'");
    assertThat(count("attempts = 0 and next_attempt_at > now() + interval '50 s'")).isEqualTo(3);
    end.countDown();
    jdbc().update("update public.odoo_action_outbox set next_attempt_at = now()");
    awaitActions(3, "status = 'applied' and attempts = 1");
    assertThat(alone()).containsExactlyInAnyOrder(1, 2, 3);
  }

  private static void holdUntil(CountDownLatch end) {
    try {
      end.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void anActionThatSpoilsEveryCallSpoilsOneAndTheAttemptThatCountsIsItsOwn() {
    odoo()
        .answer(
            call -> {
              boolean spoilt = !call.action().equals("bridge.ping") && partners(call).contains(3);
              return spoilt ? html(500) : TestOdoo.applied(call);
            });

    insert(1, 2, 3, 4);

    awaitActions(3, "status = 'applied' and attempts = 1");
    awaitActions(1, "status = 'queued' and attempts = 1");
    later(Duration.ofMinutes(2));
    awaitBatchesOf(20);
    jdbc().update("update public.odoo_action_outbox set next_attempt_at = now()");
    insert(5, 6, 7);

    awaitActions(6, "status = 'applied' and attempts = 1");
    awaitActions(1, "status = 'queued' and attempts = 2");
    assertThat(odoo().batches()).hasSize(2);
    assertThat(partners(odoo().batches().get(1))).containsExactly(5, 6, 7);
  }

  @Test
  void anActionThatCannotBeSentIsADeadLetterAndThoseItWouldHaveGoneWithAreApplied() {
    insert(1, 2);
    jdbc()
        .update(
            "insert into public.odoo_action_outbox (action, args) values"
                + " ('res.partner.update', ('{\"id\": 3, \"n\": ' || repeat('[', 501) || repeat(']', 501) || '}')::jsonb),"
                + " ('res.partner.update', '{\"id\": 4}')");

    awaitActions(3, "status = 'applied' and attempts = 1");
    awaitActions(1, "status = 'error' and last_error like '%500 levels%'");
  }

  @Test
  void whereOdooAsksForTimeAllWaitAsLongAndLoseNoAttempt() {
    odoo()
        .answer(
            call ->
                new Answer(
                    429,
                    Map.of("Content-Type", "application/json", "Retry-After", "600"),
                    "{\"ok\":false,\"code\":\"throttled\",\"retryable\":true}".getBytes(UTF_8)));

    insert(1, 2, 3);

    awaitActions(3, "attempts = 0 and next_attempt_at > now() + interval '590 s'");
    assertThat(odoo().calls()).hasSize(1);
  }

  @Test
  void anOdooThatIsAtFaultIsAskedOnceForAWholeCallAndNoAttemptIsLost() {
    odoo().answer(call -> Answer.error(401, "unauthorized"));

    insert(1, 2, 3, 4, 5, 6);

    awaitActions(6, "status = 'queued' and attempts = 0 and last_error like '%ODOO_API_TOKEN%'");
    assertThat(odoo().batches()).hasSize(1);
    assertThat(alone()).isEmpty();
    odoo().answer(TestOdoo::applied);
    awaitActions(6, "status = 'applied' and attempts = 1");
    assertThat(List.copyOf(alone())).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6);
  }

  private static Answer html(int status) {
    return new Answer(
        status, Map.of("Content-Type", "text/html"), "<h1>Bad Gateway</h1>".getBytes(UTF_8));
  }
}
