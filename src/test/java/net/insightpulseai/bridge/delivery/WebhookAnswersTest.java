package net.insightpulseai.bridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import java.util.Map;
import net.insightpulseai.bridge.TestSubscriber.Answer;
import net.insightpulseai.bridge.TestSubscriber.Call;
import net.insightpulseai.bridge.outbox.TargetStates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** One event, one webhook: what each answer leads to. */
class WebhookAnswersTest extends WebhookTest {

  @Autowired TargetStates targets;

  @Test
  void whatIsTooLargeIsSentOnceMoreThinInTheSameAttempt() throws Exception {
    subscribe();
    subscriber().answer(call -> Answer.of(call.json().path("thin").asBoolean() ? 200 : 413));

    event();
    awaitDelivery("status", "delivered");

    assertThat(subscriber().calls()).hasSize(2);
    Call thin = subscriber().calls().get(1);
    new Webhook(SUBSCRIBER_SECRET).verify(thin.text(), thin.httpHeaders());
    assertThat(thin.header("webhook-id")).isEqualTo("evt_1");
    assertThat(thin.header("webhook-attempt")).isEqualTo("1");
    assertThat(delivery()).containsEntry("attempts", 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"full", "thin"})
  void whatIsTooLargeEvenThinIsADeadLetter(String format) {
    subscribe("crm", subscriber().url(), format, "standard", "env:BRIDGE_SUBSCRIBER_TEST");
    subscriber().answer(call -> Answer.of(413));

    event();
    awaitDelivery("status", "error");

    assertThat(subscriber().calls()).hasSize(format.equals("full") ? 2 : 1);
    assertThat(text("select reason from bridge.dead_letter")).isEqualTo("too_large");
  }

  @Test
  void whoIsGoneIsDisabledAndItsEventsWait() {
    String target = subscribe();
    subscriber().answer(call -> Answer.text(410, "moved out"));

    event("1", "{}");
    awaitState(target, "disabled");
    awaitDelivery("status", "queued");
    assertThat(delivery()).containsEntry("attempts", 0);
    assertThat(text("select reason from bridge.target where name = ?", target))
        .isEqualTo("status 410: moved out");
    event("2", "{}");
    assertThat(subscriber().calls()).hasSize(1);

    subscriber().answer(call -> Answer.of(204));
    targets.resume(target, "ann", "it is back");
    awaitDelivered(2);
  }

  @Test
  void whoDisablesItselfGetsThisOneAndNoMore() {
    String target = subscribe();
    subscriber().answer(call -> Answer.of(200, "webhook-delivery", "disable"));

    event("1", "{}");
    awaitState(target, "disabled");
    awaitDelivered(1);
    event("2", "{}");

    assertThat(text("select count(*) from bridge.event_delivery where status = 'queued'"))
        .isEqualTo("1");
    assertThat(subscriber().calls()).hasSize(1);
  }

  @Test
  void whoAbortsAMessageGetsItNeverAgain() {
    subscribe();
    subscriber().answer(call -> Answer.of(500, "webhook-delivery", "abort-message"));

    event();
    awaitDelivery("status", "error");

    assertThat(text("select reason from bridge.dead_letter")).isEqualTo("aborted");
    only();
  }

  @Test
  void whoAsksForPatienceIsGivenItAndLosesNoAttempt() {
    subscribe();
    subscriber().answer(call -> Answer.of(429, "Retry-After", "600"));

    event();
    awaitDelivery("response_status", 429);

    assertThat(delivery()).containsEntry("status", "queued").containsEntry("attempts", 0);
    assertWaits(600, 720);
  }

  @Test
  void whoIsOverloadedAndSaysNoTimeIsLeftAloneForAMinute() {
    subscribe();
    subscriber().answer(call -> Answer.of(429));

    event();
    awaitDelivery("response_status", 429);

    assertThat(delivery()).containsEntry("status", "queued").containsEntry("attempts", 1);
    assertWaits(60, 72);
  }

  @Test
  void whoIsNotThereIsTriedAgainAsTheScheduleSays() {
    subscribe();
    subscriber().answer(call -> Answer.of(502));

    event();
    awaitDelivery("response_status", 502);

    assertThat(delivery()).containsEntry("status", "queued").containsEntry("attempts", 1);
    // The least jitter is two seconds.
    assertWaits(5, 7);
  }

  @Test
  void aFailureIsTriedAgainUnderTheSameId() {
    subscribe();
    subscriber().answer(call -> Answer.of("1".equals(call.header("webhook-attempt")) ? 500 : 200));

    event();
    awaitFailure("server_error");
    jdbc().update("update bridge.event_delivery set next_attempt_at = now()");
    awaitDelivery("status", "delivered");

    assertThat(subscriber().calls())
        .map(call -> call.header("webhook-id"))
        .containsExactly("evt_1", "evt_1");
    assertThat(subscriber().calls())
        .map(call -> call.header("webhook-attempt"))
        .containsExactly("1", "2");
  }

  @Test
  void aRedirectIsAFailureThatSaysWhatToDo() {
    subscribe();
    subscriber().answer(call -> Answer.of(307, "Location", subscriber().url() + "/elsewhere"));

    event();
    awaitFailure("redirected");

    only();
    assertThat(delivery()).containsEntry("response_status", 307);
    assertThat(text("select last_error from bridge.event_delivery"))
        .endsWith("it is never followed: update the subscriber's url");
  }

  @Test
  void whatItAnsweredIsKept() {
    subscribe();
    subscriber().answer(call -> Answer.text(500, "no".repeat(5_000)));

    event();
    awaitDelivery("response_status", 500);

    assertThat((String) delivery().get("response_body")).hasSize(10_000);
    assertThat((String) attempt().get("excerpt")).hasSize(2_000);
    assertThat(attempt()).containsEntry("class", "server_error").containsEntry("status", 500);
  }

  private void assertWaits(int least, int most) {
    Map<String, Object> row =
        jdbc()
            .queryForMap(
                "select extract(epoch from next_attempt_at - now())::int as s from bridge.event_delivery");
    assertThat((Integer) row.get("s")).isBetween(least - 10, most);
  }
}
