package net.insightpulseai.bridge.fanout;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.RawServer;
import net.insightpulseai.bridge.answer.Answer;
import net.insightpulseai.bridge.answer.AnswerPolicy;
import net.insightpulseai.bridge.answer.BoundAnswers;
import net.insightpulseai.bridge.answer.Verdict;
import net.insightpulseai.bridge.egress.TestEgress;
import net.insightpulseai.bridge.ingest.ExactJson;
import net.insightpulseai.bridge.outbox.ClaimedRow;
import net.insightpulseai.bridge.outbox.RetrySchedule;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The shipped step that calls subscribers, against servers that do not behave. */
@Timeout(30)
class WebhookRouteOnSocketsTest {

  private static final Duration DEADLINE = Duration.ofSeconds(2);
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";

  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
  private final DeliveryConfiguration configuration = new DeliveryConfiguration();
  private final BoundAnswers bounds = new BoundAnswers(DEADLINE);
  private final TestEgress egress = new TestEgress();
  private final WebhookRules rules =
      new WebhookRules(
          new AnswerPolicy(new RetrySchedule(List.of(Duration.ofSeconds(5)), new Random(1))));
  private final CamelContext camel = new DefaultCamelContext();
  private RawServer server;

  @BeforeEach
  void start() throws Exception {
    ThinMessage thinMessage = new ThinMessage(ExactJson.mapper());
    Clock clock = Clock.systemUTC();
    List<String> secrets = List.of(BridgeTest.SUBSCRIBER_SECRET);
    camel
        .getRegistry()
        .bind("signDelivery", new SignDelivery(s -> secrets, thinMessage, clock, false));
    camel
        .getRegistry()
        .bind("signThinDelivery", new SignDelivery(s -> secrets, thinMessage, clock, true));
    camel
        .getRegistry()
        .bind("guardedDeliveries", configuration.guardedDeliveries(egress.connections(), bounds));
    camel.getRegistry().bind("decideOutcome", (Processor) exchange -> {});
    new DeliveryPlaceholders(new DeliverySettings(Duration.ofSeconds(20), List.of()))
        .beforeApplicationStart(camel);
    for (String file : List.of("caller-errors", "deliver-webhook")) {
      PluginHelper.getRoutesLoader(camel)
          .loadRoutes(ResourceHelper.resolveResource(camel, "file:routes/" + file + ".camel.yaml"));
    }
    camel.start();
  }

  @AfterEach
  void stop() throws IOException {
    camel.stop();
    bounds.destroy();
    egress.close();
    timer.shutdownNow();
    server.close();
  }

  @Test
  void noAnswerAtAllEndsAtTheDeadline() {
    assertTimeout(call(out -> new CountDownLatch(1).await()));
  }

  @Test
  void anAnswerThatTricklesForEverEndsAtTheDeadline() {
    assertTimeout(
        call(
            out -> {
              out.write((OK + "\r\n").getBytes(US_ASCII));
              RawServer.trickle(out, timer);
            }));
  }

  @Test
  void anAnswerOfAGigabyteIsReadOnlyAtItsBeginning() {
    Exchange exchange =
        call(
            out -> {
              out.write((OK + "Content-Length: 1000000000\r\n\r\n").getBytes(US_ASCII));
              RawServer.flood(out);
            });

    assertThat(judge(exchange).reason()).isEqualTo("ok");
    assertThat(Answer.of(exchange).body()).hasSize(Answer.KEPT_BYTES);
    assertThat(server.written()).isLessThan(100_000_000);
  }

  @Test
  void aConnectionThatClosesWithoutAnAnswerIsTriedAgainByTheQueueOnly() {
    Exchange exchange = call(out -> {});

    assertThat(judge(exchange).reason()).isEqualTo("connection_lost");
    assertThat(server.requests()).isEqualTo(1);
  }

  @Test
  void aKeptConnectionThatTheOtherSideHasClosedIsNotUsedAgain() {
    call(out -> out.write((OK + "Content-Length: 0\r\n\r\n").getBytes(US_ASCII)));
    await().until(() -> server.ended() == 1);

    assertThat(judge(call(server.url())).reason()).isEqualTo("ok");
    assertThat(server.requests()).isEqualTo(2);
  }

  @Test
  void whatIsNotHttpIsAFailure() {
    Exchange exchange = call(out -> out.write("SSH-2.0-OpenSSH_9.2\r\n\r\n".getBytes(US_ASCII)));

    assertThat(judge(exchange).act()).isEqualTo(Verdict.Act.RETRY);
  }

  @Test
  void aServerWithoutTlsBehindHttpsIsATlsFailure() {
    server = new RawServer(out -> out.write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII)));

    assertThat(judge(call(server.url().replace("http:", "https:"))).reason()).isEqualTo("tls");
  }

  @Test
  void nothingListeningIsUnreachable() throws IOException {
    server = new RawServer(out -> {});
    server.close();

    assertThat(judge(call(server.url())).reason()).isEqualTo("unreachable");
  }

  @Test
  void anAnswerFullOfOurOwnHeadersIsOnlyAnAnswer() {
    Exchange exchange =
        call(
            out ->
                out.write(
                    ("HTTP/1.1 413 Too Large\r\nCamelHttpUri: http://169.254.169.254/\r\n"
                            + "CAMELHTTPPATH: /admin\r\nCamelHttpResponseCode: 200\r\n"
                            + "Connection: close\r\nContent-Length: 0\r\n\r\n")
                        .getBytes(US_ASCII)));

    assertThat(server.requests()).isEqualTo(2);
    assertThat(judge(exchange).reason()).isEqualTo("too_large");
  }

  private void assertTimeout(Exchange exchange) {
    Verdict verdict = judge(exchange);
    assertThat(verdict.reason()).isEqualTo("timeout");
    assertThat(verdict.error()).contains("no complete answer");
  }

  private Verdict judge(Exchange exchange) {
    Answer answer = exchange.getException() == null ? Answer.of(exchange) : null;
    return answer == null
        ? rules.judge(exchange.getException())
        : rules.judge(answer, Instant.now());
  }

  private Exchange call(RawServer.Script script) {
    server = new RawServer(script);
    return call(server.url());
  }

  private Exchange call(String url) {
    String event = "{\"id\":1,\"event_id\":\"evt_1\",\"event_type\":\"a.b\"}";
    return camel
        .createProducerTemplate()
        .request(
            "direct:deliver-webhook",
            exchange -> {
              exchange.setVariable(
                  ClaimedRow.VARIABLE,
                  ClaimedRow.unqueued("subscriber:1", "evt_1", Instant.now(), event));
              exchange.setVariable(Subscriber.VARIABLE, TestWebhooks.at(url));
              exchange.getMessage().setBody(event);
            });
  }
}
