package net.insightpulseai.bridge.odoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import net.insightpulseai.bridge.RawServer;
import net.insightpulseai.bridge.answer.AnswerPolicy;
import net.insightpulseai.bridge.answer.BoundAnswers;
import net.insightpulseai.bridge.config.RouteVariables;
import net.insightpulseai.bridge.delivery.DecideOutcome;
import net.insightpulseai.bridge.encryption.TestEncryption;
import net.insightpulseai.bridge.outbox.ClaimedRow;
import net.insightpulseai.bridge.outbox.Outcome;
import net.insightpulseai.bridge.outbox.Outcome.Kind;
import net.insightpulseai.bridge.outbox.RetrySchedule;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.springframework.mock.env.MockEnvironment;

/** The shipped HTTP step to Odoo, against a server that the test writes byte by byte. */
@Timeout(30)
abstract class OdooOnSockets {

  static final Duration DEADLINE = Duration.ofMillis(700);
  static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

  final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
  private final BoundAnswers bounds = new BoundAnswers(DEADLINE);
  DnsResolver names = SystemDefaultDnsResolver.INSTANCE;
  CamelContext camel;
  RawServer server;

  @AfterEach
  void stop() throws IOException {
    if (camel != null) {
      camel.stop();
    }
    if (server != null) {
      server.close();
    }
    bounds.destroy();
    timer.shutdownNow();
  }

  static void assertTimeout(Outcome outcome) {
    assertThat(outcome.kind()).isEqualTo(Kind.RETRY);
    assertThat(outcome.reason()).isEqualTo("timeout");
    assertThat(outcome.suspect()).isTrue();
    assertThat(outcome.delay()).isGreaterThanOrEqualTo(Duration.ofSeconds(60));
  }

  Outcome call(RawServer.Script script) {
    server = new RawServer(script);
    return call(server.url());
  }

  Outcome call(String url) {
    if (camel == null) {
      start(url);
    }
    UUID id = UUID.randomUUID();
    String payload = "{\"action\":\"bridge.ping\",\"args\":{}}";
    ClaimedRow row =
        new ClaimedRow(
            1, 1, "odoo", "", "key", 1, null, id, 0, null, null, java.time.Instant.now(), payload);
    Exchange ended =
        camel
            .createProducerTemplate()
            .request(
                "direct:odoo-ping",
                exchange -> {
                  exchange.setVariable(RouteVariables.ROW, row);
                  exchange.getMessage().setBody(payload);
                });
    Exception thrown = ended.getException();
    return thrown == null ? Outcome.of(ended) : AnswerRules.judge(thrown);
  }

  void start(String url) {
    OdooSettings settings =
        new OdooSettings(
            url, "t", "", Duration.ofSeconds(20), List.of(Duration.ofSeconds(2)), 20, false);
    HttpClientConfigurer configurer =
        client -> {
          bounds.configureHttpClient(client);
          if (names != SystemDefaultDnsResolver.INSTANCE) {
            client.setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create().setDnsResolver(names).build());
          }
        };
    AnswerPolicy policy =
        new AnswerPolicy(new RetrySchedule(settings.retrySchedule(), new Random(1)));
    camel = new DefaultCamelContext();
    camel.getRegistry().bind("boundOdooPing", configurer);
    camel.getRegistry().bind("signAction", SignActionTest.signing(settings));
    camel
        .getRegistry()
        .bind(
            "decideOutcome",
            new DecideOutcome(new ActionRules(policy), List.of(), null, Clock.systemUTC()));
    camel.getRegistry().bind("decideBatch", (Processor) exchange -> {});
    TestEncryption.bind(camel);
    camel.getRegistry().bind("encryptPayload", (Processor) exchange -> {});
    camel.getRegistry().bind("prepareDeadLetter", (Processor) exchange -> {});
    // As in application.yaml.
    for (String scheme : List.of("http", "https")) {
      camel.getComponent(scheme, HttpComponent.class).setAutomaticRetriesDisabled(true);
    }
    new OdooPlaceholders(settings, new MockEnvironment()).beforeApplicationStart(camel);
    try {
      for (String file :
          List.of(
              "errors/caller-errors",
              "errors/delivery-errors",
              "errors/dead-letter",
              "actions/odoo-ping")) {
        PluginHelper.getRoutesLoader(camel)
            .loadRoutes(
                ResourceHelper.resolveResource(camel, "file:routes/" + file + ".camel.yaml"));
      }
      camel.start();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
