package net.insightpulseai.bridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.Webhook;
import net.insightpulseai.bridge.TestSubscriber.Answer;
import net.insightpulseai.bridge.TestSubscriber.Call;
import org.junit.jupiter.api.Test;

/** A webhook made over HTTP: its secret, its ping, and the secret after that. */
class WebhookSecretTest extends WebhookTest {

  @Test
  void theSecretThatWasShownVerifiesWhatArrives() throws Exception {
    String secret = make().path("secret").asText();

    event();
    awaitDelivery("status", "delivered");

    verify(secret, only());
  }

  @Test
  void whileTheSecretIsRotatedBothOfThemVerify() throws Exception {
    String old = make().path("secret").asText();
    String secret = json(200, act("crm", "rotate-secret", BY_ADA)).path("secret").asText();

    event();
    awaitDelivery("status", "delivered");

    assertThat(secret).startsWith("whsec_").isNotEqualTo(old);
    verify(old, only());
    verify(secret, only());
  }

  @Test
  void anOldSecretSignsNothingMoreWhenItsTimeIsOver() throws Exception {
    String old = make().path("secret").asText();
    String secret = json(200, act("crm", "rotate-secret", BY_ADA)).path("secret").asText();
    jdbc()
        .update(
            "update bridge.subscriber set secrets = jsonb_set(secrets, '{1,until}', to_jsonb('2020-01-01T00:00:00Z'::text))");

    event();
    awaitDelivery("status", "delivered");

    verify(secret, only());
    assertThatThrownBy(() -> verify(old, only())).hasMessageContaining("No matching signature");
  }

  @Test
  void whileTheKeyOfASecretIsMissingItsSubscriberIsPausedAndNothingIsLost() throws Exception {
    String secret = make().path("secret").asText();
    String sealed = text("select secrets::text from bridge.subscriber");
    jdbc()
        .update(
            "update bridge.subscriber set secrets = jsonb_set(secrets, '{0,key_id}', '\"00000000\"')");

    event();
    awaitState("subscriber:1", "paused");
    awaitDelivery("status", "queued");
    assertThat(delivery()).containsEntry("attempts", 0);
    assertThat(show("crm").path("reason").asText()).startsWith("there is no live secret to sign");
    assertThat(subscriber().calls()).isEmpty();

    jdbc().update("update bridge.subscriber set secrets = ?::jsonb", sealed);
    act("crm", "resume", BY_ADA);
    awaitDelivery("status", "delivered");
    verify(secret, only());
  }

  @Test
  void aPingIsSignedAsEveryDeliveryIs() throws Exception {
    String secret = make().path("secret").asText();

    JsonNode answer = json(200, act("crm", "test", ""));

    assertThat(answer.path("ok").booleanValue()).as(answer.toString()).isTrue();
    assertThat(answer.path("status").intValue()).isEqualTo(204);
    verify(secret, only());
    assertThat(only().header("webhook-id")).startsWith("ping_");
    assertThat(only().json().path("event_type").asText()).isEqualTo("bridge.ping");
  }

  @Test
  void aPingTellsWhatWasAnsweredAndDisablesNobody() {
    make();
    subscriber().answer(call -> Answer.text(410, "moved out"));

    JsonNode answer = json(200, act("crm", "test", ""));

    assertThat(answer.path("ok").booleanValue()).as(answer.toString()).isFalse();
    assertThat(answer.path("status").intValue()).isEqualTo(410);
    assertThat(show("crm").path("state").asText()).isEqualTo("running");
  }

  @Test
  void aPingToAForbiddenAddressSaysWhichSettingAllowsIt() {
    make();
    jdbc().update("update bridge.subscriber set url = 'http://10.0.0.1/'");

    JsonNode answer = json(200, act("crm", "test", ""));

    assertThat(answer.path("ok").booleanValue()).isFalse();
    assertThat(answer.path("error").asText()).contains("bridge.egress.allow");
  }

  private JsonNode make() {
    return json(
        201,
        create(
            "{\"name\":\"crm\",\"kind\":\"webhook\",\"url\":\"%s/hook\",\"event_types\":[\"res.partner.*\"]}"
                .formatted(subscriber().url())));
  }

  private static void verify(String secret, Call call) throws Exception {
    new Webhook(secret).verify(call.text(), call.httpHeaders());
  }
}
