package net.insightpulseai.bridge.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StandardWebhooksTest {

  private static final long NOW = 1_770_000_000L;
  private static final String SECRET =
      "whsec_" + Base64.getEncoder().encodeToString("twenty-four bytes secret".getBytes(UTF_8));
  private static final String BODY = "{\"event_type\":\"caf\u00e9\"}";

  private final StandardWebhooks scheme = scheme(SECRET, "raw secret");

  @Test
  void signatureOfTheirLibraryIsAccepted() throws Exception {
    String signature = new Webhook(SECRET).sign("msg_1", NOW, BODY);
    assertThat(matches("msg_1", NOW, signature, BODY)).isTrue();
  }

  @Test
  void rawSecretIsAccepted() throws Exception {
    String signature = new Webhook("raw secret".getBytes(UTF_8)).sign("msg_1", NOW, BODY);
    assertThat(matches("msg_1", NOW, signature, BODY)).isTrue();
  }

  @Test
  void oneOfSeveralSignaturesIsEnough() throws Exception {
    String right = new Webhook(SECRET).sign("msg_1", NOW, BODY);
    assertThat(matches("msg_1", NOW, "v1,AAAA v1a,zzzz " + right, BODY)).isTrue();
    assertThat(matches("msg_1", NOW, "v1,AAAA v2" + right.substring(2), BODY)).isFalse();
  }

  @Test
  void idAndTimestampAreSignedToo() throws Exception {
    String signature = new Webhook(SECRET).sign("msg_1", NOW, BODY);
    assertThat(matches("msg_2", NOW, signature, BODY)).isFalse();
    assertThat(matches("msg_1", NOW + 1, signature, BODY)).isFalse();
    assertThat(matches("msg_1", NOW, signature, BODY + " ")).isFalse();
  }

  @Test
  void otherSecretIsAMismatch() throws Exception {
    String signature = new Webhook("other".getBytes(UTF_8)).sign("msg_1", NOW, BODY);
    assertThat(matches("msg_1", NOW, signature, BODY)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "v1", "v1,", "v1, ", "\u00e4", "v1,\u0661"})
  void malformedSignatureIsAMismatchAndNeverAnError(String signature) {
    assertThat(matches("msg_1", NOW, signature, BODY)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0,true", "-300,true", "300,true", "-301,false", "301,false"})
  void timestampMayBeFiveMinutesOffBothWays(long seconds, boolean fresh) {
    assertThat(scheme.isFresh(Long.toString(NOW + seconds))).isEqualTo(fresh);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "now", "-1770000000", "1770000000.0", "99999999999999999999", "\u0661"})
  void malformedTimestampIsNotFresh(String timestamp) {
    assertThat(scheme.isFresh(timestamp)).isFalse();
  }

  @Test
  void emptySecretAcceptsNothing() throws Exception {
    StandardWebhooks empty = scheme("whsec_");
    String signature = new Webhook(SECRET).sign("msg_1", NOW, BODY);
    assertThat(empty.matches("msg_1", Long.toString(NOW), signature, BODY.getBytes(UTF_8)))
        .isFalse();
  }

  @Test
  void brokenSecretStopsTheStart() {
    assertThatThrownBy(() -> scheme("whsec_not base64!"))
        .hasMessageContaining("bridge.signature.inbound-secrets")
        .hasMessageNotContaining("not base64!");
  }

  private boolean matches(String id, long timestamp, String signature, String body) {
    return scheme.matches(id, Long.toString(timestamp), signature, body.getBytes(UTF_8));
  }

  private static StandardWebhooks scheme(String... secrets) {
    return new StandardWebhooks(
        List.of(secrets),
        Duration.ofMinutes(5),
        Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC));
  }
}
