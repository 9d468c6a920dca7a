package net.insightpulseai.bridge.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallersTest extends EdgeTest {

  private static final String CALLER = "/test/caller";
  private static final String WEBHOOK = "/test/webhook";
  private static final String BODY = "{\"action\":\"bridge.ping\"}";

  @Test
  void keyOrSignatureIsEnoughForACaller() {
    assertPasses(CALLER, "authorization", "Bearer " + serviceKey());
    assertPasses(CALLER, "apikey", serviceKey());
    assertPasses(CALLER, "x-signature", sign(BODY));
  }

  @Test
  void wrongKeyDoesNotSpoilASignature() {
    assertPasses(CALLER, "apikey", "sb_publishable_x", "x-signature", sign(BODY));
  }

  @Test
  void wrongSignatureDoesNotSpoilAKey() {
    assertPasses(CALLER, "apikey", serviceKey(), "x-signature", "<hmac-sha256>");
  }

  @Test
  void callerWithNeitherIsRefused() {
    assertThat(post(CALLER, BODY).statusCode()).isEqualTo(401);
    assertThat(post(CALLER, BODY, "x-signature", "00").statusCode()).isEqualTo(401);
    assertThat(post(CALLER, BODY, "apikey", "00").statusCode()).isEqualTo(401);
    assertThat(post(CALLER, BODY, "x-webhook-secret", "webhook-secret-of-this-test").statusCode())
        .isEqualTo(401);
  }

  @Test
  void webhookMayShowTheSharedHeader() {
    assertPasses(WEBHOOK, "x-webhook-secret", "webhook-secret-of-this-test");
    assertPasses(WEBHOOK, "authorization", "Bearer " + serviceKey());
    assertPasses(WEBHOOK, "x-signature", sign(BODY));
  }

  @Test
  void webhookWithTheWrongHeaderIsRefused() {
    assertThat(post(WEBHOOK, BODY).statusCode()).isEqualTo(401);
    assertThat(post(WEBHOOK, BODY, "x-webhook-secret", "").statusCode()).isEqualTo(401);
    assertThat(post(WEBHOOK, BODY, "x-webhook-secret", "wrong").statusCode()).isEqualTo(401);
    assertThat(
            post(
                    WEBHOOK,
                    BODY,
                    "x-webhook-secret",
                    "wrong",
                    "x-webhook-secret",
                    "webhook-secret-of-this-test")
                .statusCode())
        .isEqualTo(401);
  }

  private void assertPasses(String path, String... headers) {
    assertThat(post(path, BODY, headers).body()).isEqualTo(Integer.toString(BODY.length()));
  }
}
