package net.insightpulseai.bridge.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class RefusalsRouteTest extends EdgeTest {

  @Autowired MeterRegistry meters;

  @Test
  void refusedRequestIsListedOnceAndWithoutItsContent() throws Exception {
    double counted = counted("invalid_signature");
    String body = "{\"private\":\"matter\"}";
    post("/bridge/event/test", body, "x-signature", "00", "x-private", "affair");
    assertThat(refusals.latest())
        .filteredOn(one -> sha256(body).equals(one.bodySha256()))
        .hasSize(1);
    assertThat(counted("invalid_signature")).isEqualTo(counted + 1);

    String listed = get("/bridge/refusals", "apikey", serviceKey()).body();
    assertThat(listed).doesNotContain("matter", "affair");
    JsonNode newest = new ObjectMapper().readTree(listed).path("refusals").path(0);
    assertThat(newest.path("reason").asText()).isEqualTo("invalid_signature");
    assertThat(newest.path("route").asText()).isEqualTo("test/bridge/event/test");
    assertThat(newest.path("address").asText()).isEqualTo("127.0.0.1");
    assertThat(newest.path("status").asInt()).isEqualTo(401);
    assertThat(newest.path("size").asInt()).isEqualTo(body.length());
    assertThat(newest.path("body_sha256").asText()).isEqualTo(sha256(body));
  }

  @Test
  void listIsForServiceAccessOnly() {
    assertThat(get("/bridge/refusals").statusCode()).isEqualTo(401);
    assertThat(get("/bridge/refusals?apikey=" + serviceKey()).statusCode()).isEqualTo(401);
    assertThat(get("/bridge/refusals", "authorization", "Bearer " + serviceKey()).statusCode())
        .isEqualTo(200);
  }

  private double counted(String reason) {
    return meters.counter("bridge.refusals", "reason", reason).count();
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
