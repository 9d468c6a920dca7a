package net.insightpulseai.bridge.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import net.insightpulseai.bridge.BridgeTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Nobody can fill the log who is not even known. */
class ClientAbortTest extends BridgeTest {

  private static final int REQUESTS = 200;
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String HOST = " HTTP/1.1\r\nHost: bridge\r\n";

  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    get("/health"); // the first request of all initializes a servlet
    log.start();
    root.addAppender(log);
  }

  @AfterEach
  void stop() {
    root.detachAppender(log);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /health" + HOST + "\r\n",
        "GET /bridge/openapi.yaml" + HOST + "\r\n",
        "GET /nothing" + HOST + "\r\n",
        "POST /functions/v1/odoo_event_ingest" + HOST + "Content-Length: 100\r\n\r\n{",
        "POST /functions/v1/push_to_odoo" + HOST + "Content-Length: 2\r\n\r\n{}",
        "POST /bridge/event" + HOST + "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        "\u0000\u0001\u0002\r\n\r\n"
      })
  void aClientThatHangsUpCostsNoLineEach(String request) throws IOException {
    for (int i = 0; i < REQUESTS; i++) {
      try (Socket socket =
          new Socket(InetAddress.getLoopbackAddress(), URI.create(url("/")).getPort())) {
        socket.setSoLinger(true, 0); // a reset, so that the answer cannot be written
        socket.getOutputStream().write(request.getBytes(UTF_8));
      }
    }
    // Answered behind all of them, by the same threads.
    for (int i = 0; i < 20; i++) {
      await().atMost(SOON).until(() -> get("/health").statusCode() == 200);
    }

    assertThat(List.copyOf(log.list).stream().map(ILoggingEvent::getFormattedMessage).toList())
        .hasSizeLessThan(4);
  }

  @Test
  void aServedRequestCostsNoLine() {
    for (int i = 0; i < 20; i++) {
      get("/health");
    }

    assertThat(log.list).isEmpty();
  }
}
