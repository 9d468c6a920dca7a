package net.insightpulseai.bridge.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import net.insightpulseai.bridge.BridgeTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients that send a byte now and then, or read none, and never say who they are. */
@Tag("slow")
class SlowClientsTest extends BridgeTest {

  private static final int CLIENTS = 500;
  private static final Duration LONGEST = Duration.ofSeconds(120);
  private static final String HOST = " HTTP/1.1\r\nHost: bridge\r\n";
  private static final String ANNOUNCED = HOST + "Content-Length: 900000\r\n\r\n{";

  /** One of each kind in turn; what follows comes byte by byte. */
  private static final List<String> BEGINNINGS =
      List.of(
          "POST /bridge/event" + HOST + "X-Slow: ",
          "GET /health" + HOST + "\r\nGET /health" + HOST + "X-Slow: ",
          "POST /nothing" + ANNOUNCED,
          "GET /health" + ANNOUNCED,
          "OPTIONS /" + ANNOUNCED,
          "POST /functions/v1/odoo_event_ingest" + ANNOUNCED,
          "POST /functions/v1/push_to_odoo" + ANNOUNCED,
          "POST /bridge/event" + HOST + "Transfer-Encoding: chunked\r\n\r\n1\r\n",
          "POST /bridge/event" + HOST + "Content-Length: 2\r\nExpect: 100-continue\r\n\r\n",
          ("GET /bridge/openapi.yaml" + HOST + "\r\n").repeat(40));

  /** What comes from clients that have vanished without a word. */
  private static final List<String> LAST_WORDS =
      List.of("", "PO", "POST /bridge/event" + HOST, "GET /health" + HOST + "\r\n");

  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(4);

  @AfterEach
  void hangUp() throws IOException {
    timer.shutdownNow();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Test
  void fiveHundredSlowClientsKeepNobodyFromBeingServed() throws Exception {
    Instant begun = Instant.now();
    for (int i = 0; i < CLIENTS; i++) {
      connect(BEGINNINGS.get(i % BEGINNINGS.size()));
    }

    // Each of their kinds once, and then what they do all the time.
    for (int i = 0; i < 10; i++) {
      assertThat(get("/health").statusCode()).isEqualTo(200);
      assertThat(
              postSigned("/functions/v1/odoo_event_ingest", "{\"event_type\":\"a.b\"}")
                  .statusCode())
          .isEqualTo(200);
    }
    // None of them took as long as a client would wait: they would have held it for minutes.
    assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(60));
  }

  @Test
  void noneOfThemIsKeptForLongAndNoneThatIsSilent() throws Exception {
    for (String beginning : BEGINNINGS) {
      connect(beginning);
    }
    List<Socket> slow = List.copyOf(sockets);
    List<Socket> silent = new ArrayList<>();
    for (String words : LAST_WORDS) {
      silent.add(open(words));
    }

    await()
        .atMost(LONGEST)
        .until(
            () ->
                slow.stream().allMatch(Socket::isClosed)
                    && silent.stream().allMatch(SlowClientsTest::isEnded));
  }

  private void connect(String beginning) throws IOException {
    Socket socket = open(beginning);
    timer.scheduleAtFixedRate(() -> trickle(socket), 1, 1, TimeUnit.SECONDS);
  }

  private Socket open(String beginning) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), URI.create(url("/")).getPort()));
    socket.getOutputStream().write(beginning.getBytes(UTF_8));
    sockets.add(socket);
    return socket;
  }

  private static void trickle(Socket socket) {
    try {
      socket.getOutputStream().write('1');
    } catch (IOException e) {
      closeQuietly(socket);
    }
  }

  private static boolean isEnded(Socket socket) {
    try {
      socket.setSoTimeout(1);
      return socket.getInputStream().read(new byte[8_192]) < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it is closed
    }
  }
}
