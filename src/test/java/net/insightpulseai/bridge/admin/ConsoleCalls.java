package net.insightpulseai.bridge.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import net.insightpulseai.bridge.BridgeTest;
import org.springframework.boot.test.web.server.LocalManagementPort;

/** Calls of the operations on the management port, with one of the logins or none. */
abstract class ConsoleCalls extends BridgeTest {

  static final String OPERATOR = "admin:" + ADMIN_PASSWORD;
  static final String VIEWER = "viewer:" + VIEWER_PASSWORD;

  @LocalManagementPort int port;

  final HttpClient client = HttpClient.newHttpClient();
  final ObjectMapper json = new ObjectMapper();

  HttpResponse<String> call(String method, String path, String login, String body)
      throws Exception {
    return client.send(request(method, path, login, body).build(), BodyHandlers.ofString());
  }

  HttpRequest.Builder request(String method, String path, String login, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.setHeader("Content-Type", "application/json");
    }
    return login.isEmpty()
        ? request
        : request.header(
            "Authorization", "Basic " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8)));
  }
}
