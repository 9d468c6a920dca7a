package net.insightpulseai.bridge.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import net.insightpulseai.bridge.TestSubscriber.Answer;
import net.insightpulseai.bridge.TestSubscriber.Call;
import net.insightpulseai.bridge.outbox.TargetStates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** One event, one webhook: what is sent, and what each answer leads to. */
class WebhookDeliveryTest extends WebhookTest {

  @Autowired TargetStates targets;

  @Test
  void anEventOfOdooArrivesSignedAsTheStandardsOwnLibraryVerifiesIt() throws Exception {
    subscribe();

    postSigned(
        "/functions/v1/odoo_event_ingest",
        "{\"event_type\":\"sale.order.confirmed\",\"resource_id\":7,\"payload\":{\"total\":99.95,\"who\":\"Zoë\"}}");
    awaitDelivery("status", "delivered");

    Call call = only();
    new Webhook(SUBSCRIBER_SECRET).verify(call.text(), call.httpHeaders());
    assertThat(call.method()).isEqualTo("POST");
    assertThat(call.target()).isEqualTo("/hook");
    assertThat(call.header("webhook-id")).isEqualTo("evt_1");
    assertThat(call.header("webhook-attempt")).isEqualTo("1");
    assertThat(call.header("webhook-replay-id")).isNull();
    assertThat(Long.parseLong(call.header("webhook-timestamp")))
        .isBetween(Instant.now().getEpochSecond() - 60, Instant.now().getEpochSecond() + 1);
    assertThat(call.header("x-correlation-id"))
        .isEqualTo(text("select correlation_id::text from public.audit_event"));
    assertThat(call.header("Content-Type")).isEqualTo("application/json");
    assertThat(call.header("User-Agent")).isEqualTo("odoo-supabase-bridge");
    assertThat(call.json().path("event_type").asText()).isEqualTo("sale.order.confirmed");
    assertThat(call.json().path("resource_id").asText()).isEqualTo("7");
    assertThat(call.json().at("/payload/who").asText()).isEqualTo("Zoë");
    assertThat(call.json().at("/origin/hop").asInt()).isEqualTo(1);
  }

  @Test
  void theDocumentsSignatureIsSentToWhoAsksForIt() {
    subscribe("edge", subscriber().url(), "full", "document", "env:BRIDGE_SUBSCRIBER_TEST");

    event();
    awaitDelivery("status", "delivered");

    Call call = only();
    assertThat(call.header("x-signature")).isEqualTo(sign(SUBSCRIBER_SECRET, call.body()));
    assertThat(call.header("webhook-id")).isEqualTo("evt_1");
    assertThat(call.header("webhook-signature")).isNull();
  }

  @Test
  void nothingButItsOwnHeadersIsSent() {
    subscribe();

    event();
    awaitDelivery("status", "delivered");

    assertThat(only().headers().keySet())
        .map(name -> name.toLowerCase(Locale.ROOT))
        .containsExactlyInAnyOrder(
            "webhook-id",
            "webhook-timestamp",
            "webhook-signature",
            "webhook-attempt",
            "x-correlation-id",
            "content-type",
            "content-length",
            "user-agent",
            "host",
            "accept-encoding",
            "connection");
  }

  @Test
  void everyDigitArrives() {
    subscribe();

    event();
    awaitDelivery("status", "delivered");

    assertThat(only().text()).contains("12345678901234567890.1200", "Zoë");
  }

  @Test
  void whoWantsItThinGetsNoContent() throws Exception {
    subscribe("thin", subscriber().url(), "thin", "standard", "env:BRIDGE_SUBSCRIBER_TEST");

    long id = event();
    awaitDelivery("status", "delivered");

    Call call = only();
    new Webhook(SUBSCRIBER_SECRET).verify(call.text(), call.httpHeaders());
    assertThat(call.json().path("thin").asBoolean()).isTrue();
    assertThat(call.json().path("id").asLong()).isEqualTo(id);
    assertThat(call.json().has("payload")).isFalse();
  }

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
    subscriber().answer(call -> Answer.of(502));

    event();
    awaitDelivery("response_status", 502);

    assertThat(delivery()).containsEntry("status", "queued").containsEntry("attempts", 1);
    assertWaits(60, 72);
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://10.0.0.1/",
        "http://192.168.1.1:8069/",
        "http://[::1]/",
        "http://169.254.1.1/",
        "http://169.254.169.254/latest/meta-data/"
      })
  void aForbiddenAddressIsAFailureOfOursThatNamesTheSetting(String url) {
    subscribe("inside", url);

    event();
    awaitFailure("egress_refused");

    assertThat(delivery()).containsEntry("attempts", 1).containsEntry("response_status", null);
    assertThat(text("select last_error from bridge.event_delivery"))
        .startsWith("the bridge itself does not call it")
        .containsAnyOf("bridge.egress.allow (BRIDGE_EGRESS_ALLOW)", "no setting allows that");
  }

  @Test
  void aUrlWithAPlaceholderIsNotCalledEvenIfItGotIntoTheTable() {
    subscribe("curious", subscriber().url() + "/{{bridge.signature.secret}}");

    event();
    awaitFailure("egress_refused");

    assertThat(subscriber().calls()).isEmpty();
  }

  @Test
  void nothingInAnEventSteersItsDelivery() {
    subscribe();

    event(
        "x\r\nX-Evil: 1",
        "{\"CamelHttpQuery\": \"a=1\", \"CamelHttpPath\": \"/admin\", \"CamelHttpUri\": \"http://10.0.0.1/\","
            + " \"x\": \"{{bridge.signature.secret}} ${header.x}\"}");
    awaitDelivery("status", "delivered");

    Call call = only();
    assertThat(call.target()).isEqualTo("/hook");
    assertThat(call.header("X-Evil")).isNull();
    assertThat(call.headers().keySet().toString().toLowerCase(Locale.ROOT)).doesNotContain("camel");
    assertThat(call.text()).contains("{{bridge.signature.secret}} ${header.x}");
  }

  @Test
  void withoutASecretASubscriberIsPausedAndToldWhatToDo() {
    String target = subscribe("bare", subscriber().url(), "full", "standard", "env:NOT_THERE");

    event();
    awaitState(target, "paused");
    awaitDelivery("status", "queued");

    assertThat(delivery()).containsEntry("attempts", 0);
    assertThat(text("select reason from bridge.target where name = ?", target))
        .startsWith("there is no live secret to sign with: rotate");
    assertThat(subscriber().calls()).isEmpty();
  }

  @Test
  void whatIsNotThereIsClassified() {
    subscribe("lost", "http://no-such-host.invalid/");

    event();
    awaitFailure("dns");
  }

  private void awaitDelivered(int count) {
    await()
        .untilAsserted(
            () ->
                assertThat(
                        text(
                            "select count(*) from bridge.event_delivery where status = 'delivered'"))
                    .isEqualTo(String.valueOf(count)));
  }

  private void assertWaits(int least, int most) {
    Map<String, Object> row =
        jdbc()
            .queryForMap(
                "select extract(epoch from next_attempt_at - now())::int as s from bridge.event_delivery");
    assertThat((Integer) row.get("s")).isBetween(least - 10, most);
  }
}
