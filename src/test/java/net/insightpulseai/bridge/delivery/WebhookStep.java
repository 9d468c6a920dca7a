package net.insightpulseai.bridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.RawServer;
import net.insightpulseai.bridge.answer.Answer;
import net.insightpulseai.bridge.answer.AnswerPolicy;
import net.insightpulseai.bridge.answer.BoundAnswers;
import net.insightpulseai.bridge.config.RouteVariables;
import net.insightpulseai.bridge.egress.TestEgress;
import net.insightpulseai.bridge.ingest.ExactJson;
import net.insightpulseai.bridge.outbox.ClaimedRow;
import net.insightpulseai.bridge.outbox.Outcome;
import net.insightpulseai.bridge.outbox.RetrySchedule;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The shipped step that calls subscribers, alone, on real sockets. */
abstract class WebhookStep {

  private static final Duration DEADLINE = Duration.ofSeconds(2);
  static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";

  final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
  private final DeliveryConfiguration configuration = new DeliveryConfiguration();
  private final BoundAnswers bounds = BoundAnswers.ofStatus(DEADLINE);
  private final TestEgress egress = new TestEgress();
  private final WebhookRules rules =
      new WebhookRules(
          new AnswerPolicy(new RetrySchedule(List.of(Duration.ofSeconds(5)), new Random(1))));
  private final CamelContext camel = new DefaultCamelContext();
  RawServer server;

  @BeforeEach
  final void start() throws Exception {
    ThinMessage thinMessage = new ThinMessage(ExactJson.mapper());
    Clock clock = Clock.systemUTC();
    List<String> secrets = List.of(BridgeTest.SUBSCRIBER_SECRET);
    camel
        .getRegistry()
        .bind(
            "signDelivery",
            new SignDelivery(
                s -> secrets, s -> Map.of(), thinMessage, clock, SignDelivery.Content.EVENT));
    camel
        .getRegistry()
        .bind(
            "signThinDelivery",
            new SignDelivery(
                s -> secrets, s -> Map.of(), thinMessage, clock, SignDelivery.Content.THIN));
    camel
        .getRegistry()
        .bind(
            "guardedDeliveries",
            configuration.guardedDeliveries(
                egress.connections(), bounds, new UseTlsIdentity(target -> null)));
    camel.getRegistry().bind("deliverByOwnRoute", (Processor) exchange -> {});
    camel.getRegistry().bind("decideOutcome", (Processor) exchange -> {});
    new DeliveryPlaceholders(
            new DeliverySettings(Duration.ofSeconds(20), 32, List.of(Duration.ofSeconds(5))))
        .beforeApplicationStart(camel);
    for (String file : List.of("errors/caller-errors", "deliveries/deliver-webhook")) {
      PluginHelper.getRoutesLoader(camel)
          .loadRoutes(ResourceHelper.resolveResource(camel, "file:routes/" + file + ".camel.yaml"));
    }
    camel.start();
  }

  @AfterEach
  final void stop() throws IOException {
    camel.stop();
    bounds.destroy();
    egress.close();
    timer.shutdownNow();
    if (server != null) {
      server.close();
    }
  }

  final void assertTimeout(Exchange exchange) {
    Outcome judged = judge(exchange);
    assertThat(judged.reason()).isEqualTo("timeout");
    assertThat(judged.error()).contains("no complete answer");
  }

  final Outcome judge(Exchange exchange) {
    Answer answer = exchange.getException() == null ? Answer.of(exchange) : null;
    return answer == null
        ? rules.judge(exchange.getException())
        : rules.judge(answer, Instant.now());
  }

  final Exchange call(RawServer.Script script) {
    server = new RawServer(script);
    return call(server.url());
  }

  final Exchange call(String url) {
    return call(url, "");
  }

  final Exchange call(String url, String payload) {
    String event =
        "{\"id\":1,\"event_id\":\"evt_1\",\"event_type\":\"a.b\",\"payload\":\"%s\"}"
            .formatted(payload);
    return camel
        .createProducerTemplate()
        .request(
            "direct:deliver-webhook",
            exchange -> {
              exchange.setVariable(
                  RouteVariables.ROW,
                  ClaimedRow.unqueued("subscriber:1", "evt_1", Instant.now(), event));
              TestWebhooks.at(url).setOn(exchange);
              exchange.getMessage().setBody(event);
            });
  }
}
