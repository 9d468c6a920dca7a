package net.insightpulseai.bridge.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import net.insightpulseai.bridge.BridgeProcess;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.TestOdoo;
import net.insightpulseai.bridge.TestOdoo.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of clients and calls when the bridge is told to stop. */
class ClientsAtStopTest {

  private static final Duration SOON = Duration.ofMinutes(2);

  private final TestDatabase database = TestDatabase.fresh();
  private final TestOdoo odoo = new TestOdoo();
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    odoo.close();
    database.close();
  }

  @Test
  void oneThatDoesNotReadItsAnswerDoesNotKeepItFromStoppingInOrder() throws Exception {
    try (BridgeProcess bridge = start();
        Socket client = new Socket()) {
      ask(client, bridge.url("/bridge/events/" + largeEvent()));

      bridge.terminate();

      endsInOrder(bridge);
    }
  }

  @Test
  void oneThatWaitsForEventsIsAnsweredAndACallInFlightEndsAfterItsPortHasClosed() {
    database.jdbc().update("insert into bridge.subscriber (name, kind) values ('ci', 'pull')");
    odoo.answer(this::slowly);
    try (BridgeProcess bridge = start()) {
      CompletableFuture<HttpResponse<String>> waiting =
          get(bridge.url("/bridge/subscribers/ci/events?wait=50s"));
      database
          .jdbc()
          .update(
              "insert into public.odoo_action_outbox (action, args) values ('res.partner.update', '{\"id\": 42}')");
      await().atMost(SOON).until(() -> !odoo.calls("res.partner.update").isEmpty());
      assertThat(waiting).isNotDone();

      bridge.terminate();

      assertThat(waiting)
          .succeedsWithin(Duration.ofSeconds(10))
          .satisfies(answer -> assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200));
      endsInOrder(bridge);
    }
    assertThat(
            database
                .jdbc()
                .queryForObject("select status from public.odoo_action_outbox", String.class))
        .isEqualTo("applied");
  }

  /** It is ready when this returns, and the client has a connection to it. */
  private BridgeProcess start() {
    BridgeProcess bridge = BridgeProcess.calling(odoo, database, "node-1");
    await()
        .atMost(SOON)
        .ignoreExceptions() // until the port is open
        .until(() -> get(bridge.url("/health")).get().statusCode() == 200);
    return bridge;
  }

  private static void endsInOrder(BridgeProcess bridge) {
    assertThat(bridge.endsWithin(Duration.ofSeconds(20))).isTrue();
    assertThat(bridge.status()).isEqualTo(143);
    assertThat(bridge.output())
        .anyMatch(line -> line.contains("Apache Camel") && line.contains("shutdown in"))
        .noneMatch(line -> line.contains("has not stopped within"));
  }

  /** For longer than requests in progress have. */
  private Answer slowly(TestOdoo.Call call) {
    await().pollDelay(Duration.ofSeconds(8)).until(() -> true);
    return TestOdoo.applied(call);
  }

  private CompletableFuture<HttpResponse<String>> get(String url) {
    return http.sendAsync(
        HttpRequest.newBuilder(URI.create(url)).header("apikey", BridgeTest.SERVICE_KEY).build(),
        BodyHandlers.ofString());
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
