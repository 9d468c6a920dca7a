package net.insightpulseai.bridge.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import net.insightpulseai.bridge.BridgeTest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.test.context.TestPropertySource;

/** A provider that does not answer keeps neither the bridge from starting nor a password out. */
@TestPropertySource(
    properties = {
      "BRIDGE_OIDC_ISSUER=http://127.0.0.1:9",
      "BRIDGE_OIDC_CLIENT_ID=bridge",
      "BRIDGE_OIDC_REDIRECT_URI=http://127.0.0.1:8788/login/oauth2/code/oidc",
      "BRIDGE_OIDC_CLAIM=email",
      "BRIDGE_OIDC_OPERATORS=ada@example.com"
    })
class OidcAwayTest extends BridgeTest {

  @LocalManagementPort private int port;

  @Test
  void theLoginThereShowsThatItDoesNotAnswerAndTheOneWithAPasswordWorks() throws Exception {
    HttpResponse<String> answer = fetch("/oauth2/authorization/oidc", "");
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body())
        .contains("The login provider does not answer as it should", "href=\"/login\"");
    assertThat(fetch("/login/oauth2/code/oidc?code=x&state=y", "").statusCode()).isEqualTo(401);

    assertThat(fetch("/bridge/overview", "admin:" + ADMIN_PASSWORD).statusCode()).isEqualTo(200);
    assertThat(fetch("/bridge/overview", "").statusCode()).isIn(302, 401);
  }

  private HttpResponse<String> fetch(String path, String login)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (!login.isEmpty()) {
      request.header(
          "authorization", "Basic " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8)));
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }
}
