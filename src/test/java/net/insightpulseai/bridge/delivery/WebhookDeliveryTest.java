package net.insightpulseai.bridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import java.time.Instant;
import java.util.Locale;
import net.insightpulseai.bridge.TestSubscriber.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One event, one webhook: what is sent to whom, and what never is. */
class WebhookDeliveryTest extends WebhookTest {

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
  void theOriginalContractsSignatureIsSentToASubscriberThatAsksForIt() {
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
        .startsWith("the bridge itself refuses to call it")
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
}
