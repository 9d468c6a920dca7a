package net.insightpulseai.bridge.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.standardwebhooks.Webhook;
import io.vertx.core.MultiMap;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import net.insightpulseai.bridge.http.ClientRequest;
import net.insightpulseai.bridge.http.Refusal;
import org.junit.jupiter.api.Test;

class SignatureCheckTest {

  private static final long NOW = 1_770_000_000L;
  private static final String BODY = "{}";
  private static final String RIGHT = HmacSha256.hex("secret", BODY.getBytes(UTF_8));

  private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();
  private ClientRequest seen = new ClientRequest("/", null, headers);

  @Test
  void theOriginalSchemeSignsNoId() {
    headers.add("x-signature", RIGHT);
    headers.add("webhook-id", "unsigned");
    assertThat(check("secret").require(seen, BODY.getBytes(UTF_8))).isNull();
  }

  @Test
  void standardWebhooksGivesItsSignedId() throws Exception {
    sign(NOW);
    assertThat(check("secret").require(seen, BODY.getBytes(UTF_8))).isEqualTo("msg_1");
  }

  @Test
  void missingSignatureIsRefused() {
    assertThat(refusal("secret")).isEqualTo("signature_missing");
  }

  @Test
  void signatureInTheQueryIsNoSignature() {
    seen = new ClientRequest("/", "x-signature=" + RIGHT, headers);
    assertThat(refusal("secret")).isEqualTo("signature_missing");
  }

  @Test
  void repeatedSignatureIsRefusedThoughBothAreRight() {
    headers.add("x-signature", RIGHT);
    headers.add("x-signature", RIGHT);
    assertThat(refusal("secret")).isEqualTo("header_repeated");
  }

  @Test
  void emptySecretRefusesEvenWhatItWouldHaveSigned() {
    headers.add("x-signature", RIGHT);
    assertThat(refusal("")).isEqualTo("no_signing_secret");
    assertThat(refusal(" ")).isEqualTo("no_signing_secret");
  }

  @Test
  void oldAndFutureTimestampsAreRefused() throws Exception {
    sign(NOW - 301);
    assertThat(refusal("secret")).isEqualTo("timestamp_outside_tolerance");
    sign(NOW + 301);
    assertThat(refusal("secret")).isEqualTo("timestamp_outside_tolerance");
  }

  @Test
  void ageOfAWrongSignatureIsNotTold() throws Exception {
    sign(NOW - 301);
    assertThat(refusal("other")).isEqualTo("invalid_signature");
  }

  @Test
  void standardWebhooksNeedsItsIdAndTimestamp() throws Exception {
    sign(NOW);
    headers.remove("webhook-id");
    assertThat(refusal("secret")).isEqualTo("signature_incomplete");
    sign(NOW);
    headers.remove("webhook-timestamp");
    assertThat(refusal("secret")).isEqualTo("signature_incomplete");
  }

  @Test
  void rightOriginalSignatureDoesNotCureAWrongStandardOne() throws Exception {
    sign(NOW);
    headers.remove("webhook-signature");
    headers.add("webhook-signature", "v1,AAAA");
    headers.add("x-signature", RIGHT);
    assertThat(refusal("secret")).isEqualTo("invalid_signature");
  }

  private void sign(long timestamp) throws Exception {
    headers.remove("webhook-id");
    headers.remove("webhook-timestamp");
    headers.remove("webhook-signature");
    headers.add("webhook-id", "msg_1");
    headers.add("webhook-timestamp", Long.toString(timestamp));
    headers.add(
        "webhook-signature", new Webhook("secret".getBytes(UTF_8)).sign("msg_1", timestamp, BODY));
  }

  /** The code of the refusal, which always says the same to the caller. */
  private String refusal(String secret) {
    Refusal refusal =
        catchThrowableOfType(
            Refusal.class, () -> check(secret).require(seen, BODY.getBytes(UTF_8)));
    assertThat(refusal.status()).isEqualTo(401);
    return refusal.code();
  }

  private static SignatureCheck check(String secret) {
    return new SignatureCheck(
        new SignatureSettings(secret, List.of(), "", Duration.ofMinutes(5)),
        Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC));
  }
}
