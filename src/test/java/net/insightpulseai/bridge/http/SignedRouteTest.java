package net.insightpulseai.bridge.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedRouteTest extends EdgeTest {

  private static final String SIGNED = "/functions/v1/test";
  private static final String BODY = "{\"event_type\":\"res.partner.updated\"}";

  @Test
  void rawBytesAreWhatIsVerified() {
    byte[][] bodies = {
      BODY.getBytes(UTF_8),
      "{\"event_type\":\"caf\u00e9\"}".getBytes(ISO_8859_1),
      {'{', (byte) 0xff, (byte) 0xfe, (byte) 0xc0, 0, '}'},
      ("\ufeff" + BODY).getBytes(UTF_8),
      gzip(BODY),
      new byte[0]
    };
    for (byte[] body : bodies) {
      HttpResponse<String> response = post(SIGNED, body, "x-signature", sign(body));
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).isEqualTo(Integer.toString(body.length));
    }
  }

  @Test
  void oneChangedByteIsRefused() {
    assertInvalid(post(SIGNED, BODY + " ", "x-signature", sign(BODY)));
    assertThat(lastRefused().reason()).isEqualTo("invalid_signature");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/x-www-form-urlencoded",
        "Application/X-WWW-Form-URLencoded; charset=utf-8",
        "multipart/form-data; boundary=x",
        "text/plain",
        "application/json; charset=utf-16"
      })
  void contentTypeDoesNotTouchTheBytes(String type) {
    String body = "a=1&b=%20+&--x";
    assertThat(post(SIGNED, body, "content-type", type, "x-signature", sign(body)).body())
        .isEqualTo(Integer.toString(body.length()));
  }

  @Test
  void signatureMissingIsRefused() {
    assertInvalid(post(SIGNED, BODY));
    assertThat(lastRefused().reason()).isEqualTo("signature_missing");
  }

  @Test
  void repeatedSignatureHeaderIsRefused() {
    HttpResponse<String> response =
        post(SIGNED, BODY, "x-signature", sign(BODY), "x-signature", sign(BODY));
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(lastRefused().reason()).isEqualTo("header_repeated");
  }

  @Test
  void signatureInTheQueryIsRefused() {
    assertInvalid(post(SIGNED + "?x-signature=" + sign(BODY), BODY));
  }

  @Test
  void queryCannotTouchTheSignatureInTheHeader() {
    assertThat(
            post(SIGNED + "?x-signature=00&X-Signature=11", BODY, "x-signature", sign(BODY))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void upperCaseAndPrefixAreAccepted() {
    assertThat(post(SIGNED, BODY, "x-signature", sign(BODY).toUpperCase(Locale.ROOT)).statusCode())
        .isEqualTo(200);
    assertThat(post(SIGNED, BODY, "x-signature", "sha256=" + sign(BODY)).statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dummy", "<hmac-sha256>", "00", "sha256="})
  void wrongSignatureIsRefused(String signature) {
    assertInvalid(post(SIGNED, BODY, "x-signature", signature));
  }

  @Test
  void nonAsciiSignatureIsRefused() {
    try (RawHttp raw = new RawHttp(url(SIGNED))) {
      String answer =
          raw.send("POST " + SIGNED + " HTTP/1.1\nhost: x\nconnection: close\n")
              .send("x-signature: \u00e4\u00f6\u00fc\u0080\u00ff\ncontent-length: 2\n\n{}")
              .answer();
      assertThat(answer).startsWith("HTTP/1.1 401").contains("Invalid signature");
    }
  }

  @Test
  void bothLiveSecretsAreAccepted() throws Exception {
    String now = Long.toString(Instant.now().getEpochSecond());
    for (String secret : new String[] {SECRET, "older-secret"}) {
      assertThat(standard(secret, Long.parseLong(now)).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void oldAndFutureStandardWebhooksAreRefused() throws Exception {
    long now = Instant.now().getEpochSecond();
    assertInvalid(standard(SECRET, now - 400));
    assertInvalid(standard(SECRET, now + 400));
    assertThat(lastRefused().reason()).isEqualTo("timestamp_outside_tolerance");
  }

  @Test
  void compressedBodyIsNamedOnlyToWhoSignedIt() {
    byte[] packed = gzip(BODY);
    assertThat(
            post(SIGNED, packed, "content-encoding", "gzip", "x-signature", sign(packed))
                .statusCode())
        .isEqualTo(415);
    assertInvalid(post(SIGNED, packed, "content-encoding", "gzip", "x-signature", sign(BODY)));
    assertThat(
            post(SIGNED, BODY, "content-encoding", "identity", "x-signature", sign(BODY))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void elsewhereTheRefusalIsJson() {
    HttpResponse<String> response = post("/bridge/event/test", BODY, "x-signature", "00");
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("content-type")).contains("application/json");
    assertThat(response.body())
        .isEqualTo(
            "{\"ok\":false,\"code\":\"invalid_signature\",\"message\":\"Invalid signature\"}");
  }

  private HttpResponse<String> standard(String secret, long timestamp) throws Exception {
    return post(
        SIGNED,
        BODY,
        "webhook-id",
        "msg_1",
        "webhook-timestamp",
        Long.toString(timestamp),
        "webhook-signature",
        new Webhook(secret.getBytes(UTF_8)).sign("msg_1", timestamp, BODY));
  }

  private static void assertInvalid(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(messageOf(response)).isEqualTo("Invalid signature");
    assertThat(response.headers().firstValue("content-type").orElseThrow())
        .startsWith("application/json");
  }

  private static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }
}
