package net.insightpulseai.bridge.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Base64;
import net.insightpulseai.bridge.BridgeTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalManagementPort;

/** Requests to the management port that come from where they should not, or lead elsewhere. */
class ManagementRequestsTest extends BridgeTest {

  private static final String LOGIN =
      Base64.getEncoder().encodeToString(("admin:" + ADMIN_PASSWORD).getBytes(UTF_8));

  @LocalManagementPort private int port;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'type':'read','mbean':'java.lang:type=Runtime','target':{'url':'%s'}}        | 403",
        "{'type':'search','mbean':'*:*','target':{'url':'%s','user':'u','password':'p'}} | 403",
        "{'type':'exec','mbean':'bridge:type=Outbox','operation':'showCounts','target':{'url':'%s'}} | 403",
        "[{'type':'version'},{'type':'search','mbean':'*:*','target':{'url':'%s'}}]     | 403",
        // Jolokia's version is that of the JVM that answers.
        "{'type':'version','target':{'url':'%s'}}                                      | 200"
      })
  void noRequestMakesTheBridgeConnectAnywhere(String request, int status) throws IOException {
    try (ServerSocket elsewhere = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String url =
          "service:jmx:rmi:///jndi/rmi://127.0.0.1:%d/x".formatted(elsewhere.getLocalPort());

      String answer = post("127.0.0.1:" + port, "", request.formatted(url).replace('\'', '"'));

      assertThat(answer).contains("\"status\":" + status);
      elsewhere.setSoTimeout(500);
      assertThat(connects(elsewhere)).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 200",
    "127.0.0.1:8788, 200",
    "[::1]:8788, 200",
    "localhost:1, 200",
    "odoo-bridge:8788, 200",
    "evil.example, 403",
    "evil.example:8788, 403",
    "127.0.0.1.evil.example, 403",
    "1.2.3.4.5, 403"
  })
  void onlyItsOwnHostNamesAreServed(String host, int status) throws IOException {
    assertThat(post(host, "", "{\"type\":\"version\"}")).startsWith("HTTP/1.1 " + status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://evil.example", "null", "http://localhost:%d", "https://["})
  void aPageOfAnotherSiteIsRefused(String origin) throws IOException {
    assertThat(post("127.0.0.1:" + port, origin.formatted(port), "{\"type\":\"version\"}"))
        .startsWith("HTTP/1.1 403");
  }

  @Test
  void theModulesThatReachOutAreNotPackaged() {
    assertThat(
            new String[] {
              "org/jolokia/service/jsr160/Jsr160RequestHandler.class",
              "org/jolokia/service/discovery/JolokiaDiscovery.class",
              "org/jolokia/service/notif/pull/PullNotificationBackend.class",
              "org/jolokia/service/notif/sse/SseNotificationBackend.class"
            })
        .allSatisfy(name -> assertThat(getClass().getClassLoader().getResource(name)).isNull());
  }

  private String post(String host, String origin, String body) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      String request =
          "POST /actuator/jolokia HTTP/1.1\r\nHost: %s\r\nAuthorization: Basic %s\r\n%sConnection: close\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(
                  host,
                  LOGIN,
                  origin.isEmpty() ? "" : "Origin: " + origin + "\r\n",
                  body.length(),
                  body);
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private static boolean connects(ServerSocket server) throws IOException {
    try {
      server.accept().close();
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }
}
