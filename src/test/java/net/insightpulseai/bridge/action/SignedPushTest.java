package net.insightpulseai.bridge.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SignedPushTest extends ActionTest {

  @Test
  void aSignatureDoesAsWellAsTheKeyOnBothRoutes() {
    for (String path : new String[] {PUSH, "/bridge/apply"}) {
      HttpResponse<String> response =
          postSigned(path, "{\"action\":\"bridge.ping\",\"audience\":\"bridge.apply\"}");
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      assertThat(json(response).path("ok").booleanValue()).isTrue();
    }
  }

  @Test
  void aSignedActionIsRefusedWhenItsTimestampIsFarFromNow() {
    long now = Instant.now().getEpochSecond();
    for (String captured : new String[] {"0", "1.5e9", String.valueOf(now - 400), "1e300"}) {
      HttpResponse<String> refused =
          postSigned(
              PUSH, "{\"action\":\"bridge.ping\",\"timestamp\":" + captured + ",\"wait\":0}");
      assertThat(refused.statusCode()).as(captured).isEqualTo(401);
      assertThat(refused.body()).contains("timestamp_outside_tolerance");
    }
    for (String fine : new String[] {String.valueOf(now - 200), "null", "\"yesterday\""}) {
      HttpResponse<String> taken =
          postSigned(PUSH, "{\"action\":\"bridge.ping\",\"timestamp\":" + fine + "}");
      assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
    }
  }
}
