package net.insightpulseai.bridge.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import net.insightpulseai.bridge.BridgeProcess;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client that does not read its answer while the bridge is told to stop. */
class SlowReaderAtStopTest {

  private final TestDatabase database = TestDatabase.fresh();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void itDoesNotKeepTheBridgeFromStoppingInOrder() throws Exception {
    Map<String, String> settings = Map.of("EDGE_HMAC_SECRET", BridgeTest.SECRET);
    try (BridgeProcess bridge = new BridgeProcess(database, settings);
        Socket client = new Socket()) {
      await()
          .atMost(Duration.ofMinutes(2))
          .until(
              () -> bridge.output().stream().anyMatch(line -> line.contains("Started BridgeApp")));
      ask(client, bridge.url("/bridge/events/" + largeEvent()));

      bridge.terminate();

      assertThat(bridge.endsWithin(Duration.ofSeconds(20))).isTrue();
      assertThat(bridge.status()).isEqualTo(143);
      assertThat(bridge.output())
          .anyMatch(line -> line.contains("Apache Camel") && line.contains("shutdown in"))
          .noneMatch(line -> line.contains("has not stopped within"));
    }
  }

  /** More than what the kernel keeps for a client that does not read. */
  private long largeEvent() {
    return database
        .jdbc()
        .queryForObject(
            "insert into public.audit_event (source, event_type, payload)"
                + " values ('odoo', 'a.b', jsonb_build_object('text', repeat('x', 12000000)))"
                + " returning id",
            Long.class);
  }

  /** Returns when the answer has begun. */
  private static void ask(Socket client, String url) throws Exception {
    URI address = URI.create(url);
    client.setReceiveBufferSize(4_096);
    client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort()));
    client
        .getOutputStream()
        .write(
            "GET %s HTTP/1.1\r\nHost: bridge\r\napikey: %s\r\n\r\n"
                .formatted(address.getPath(), BridgeTest.SERVICE_KEY)
                .getBytes(UTF_8));
    byte[] status = client.getInputStream().readNBytes("HTTP/1.1 200".length());
    assertThat(new String(status, UTF_8)).isEqualTo("HTTP/1.1 200");
  }
}
