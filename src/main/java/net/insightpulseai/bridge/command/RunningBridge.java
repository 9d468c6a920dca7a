package net.insightpulseai.bridge.command;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.springframework.core.env.Environment;

/** The bridge that the test commands call: the one on this machine, or the one at BRIDGE_URL. */
final class RunningBridge {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final String url;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();

  RunningBridge(Environment environment) {
    this.url =
        environment
            .getProperty(
                "BRIDGE_URL", "http://127.0.0.1:" + environment.getProperty("server.port", "8787"))
            .replaceFirst("/+$", "");
  }

  /**
   * Posts JSON.
   *
   * @throws IOException with a message for the operator, if the bridge does not answer
   */
  HttpResponse<String> post(String path, byte[] body, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(ANSWER)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IOException(
          "no bridge answers at "
              + url
              + " ("
              + (e instanceof ConnectException
                  ? "connection refused"
                  : e.getClass().getSimpleName())
              + "); start one with make bridge-up, or set BRIDGE_URL");
    }
  }
}
