package net.insightpulseai.bridge.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
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
}
