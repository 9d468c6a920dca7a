package net.insightpulseai.bridge.odoo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.zip.GZIPOutputStream;
import net.insightpulseai.bridge.RawServer;
import net.insightpulseai.bridge.answer.Answer;
import net.insightpulseai.bridge.answer.AnswerPolicy;
import net.insightpulseai.bridge.answer.BoundedAnswer;
import net.insightpulseai.bridge.config.RouteVariables;
import net.insightpulseai.bridge.delivery.DecideOutcome;
import net.insightpulseai.bridge.encryption.TestEncryption;
import net.insightpulseai.bridge.outbox.ClaimedRow;
import net.insightpulseai.bridge.outbox.Outcome;
import net.insightpulseai.bridge.outbox.Outcome.Kind;
import net.insightpulseai.bridge.outbox.RetrySchedule;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.mock.env.MockEnvironment;

/** The shipped HTTP step against servers that do not behave. */
@Timeout(30)
class OdooRouteOnSocketsTest {

  private static final Duration DEADLINE = Duration.ofMillis(700);
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
  private CamelContext camel;
  private RawServer server;

  @AfterEach
  void stop() throws IOException {
    if (camel != null) {
      camel.stop();
    }
    if (server != null) {
      server.close();
    }
    timer.shutdownNow();
  }

  @Test
  void anAnswerOfAGigabyteIsReadOnlyAtItsBeginning() {
    Outcome outcome =
        call(
            out -> {
              out.write(
                  (OK + "Content-Length: 1000000000\r\n\r\n{\"ok\":true,\"x\":\"")
                      .getBytes(US_ASCII));
              RawServer.flood(out);
            });

    assertThat(outcome.kind()).isEqualTo(Kind.DONE);
    assertThat(outcome.response().body()).hasSize(Answer.KEPT_BYTES);
    assertThat(server.written()).isLessThan(100_000_000);
  }

  @Test
  void anEndlessAnswerThatIsNotJsonIsASuspectRetry() {
    Outcome outcome =
        call(
            out -> {
              out.write((OK + "\r\n").getBytes(US_ASCII));
              RawServer.flood(out);
            });

    assertThat(outcome.kind()).isEqualTo(Kind.RETRY);
    assertThat(outcome.reason()).isEqualTo("unexpected_answer");
    assertThat(outcome.suspect()).isTrue();
  }

  @Test
  void aCompressedAnswerIsBoundedAfterItIsUnpacked() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("{\"ok\":true,\"x\":\"".getBytes(US_ASCII));
      for (int i = 0; i < 64; i++) {
        gzip.write(new byte[1024 * 1024]);
      }
    }

    Outcome outcome =
        call(
            out -> {
              out.write(
                  (OK + "Content-Encoding: gzip\r\nContent-Length: " + packed.size() + "\r\n\r\n")
                      .getBytes(US_ASCII));
              packed.writeTo(out);
            });

    assertThat(outcome.response().body()).hasSizeLessThanOrEqualTo(Answer.KEPT_BYTES);
  }

  @Test
  void anAnswerThatTricklesForEverEndsAtTheDeadline() {
    Outcome outcome =
        call(
            out -> {
              out.write((OK + "\r\n{\"ok\":true,").getBytes(US_ASCII));
              RawServer.trickle(out, timer);
            });

    assertTimeout(outcome);
  }

  @Test
  void headersThatTrickleForEverEndAtTheDeadline() {
    Outcome outcome =
        call(
            out -> {
              out.write((OK + "X-Long: ").getBytes(US_ASCII));
              RawServer.trickle(out, timer);
            });

    assertTimeout(outcome);
  }

  @Test
  void noAnswerAtAllEndsAtTheDeadline() {
    assertTimeout(call(out -> new CountDownLatch(1).await()));
  }

  @Test
  void aConnectionThatClosesWithoutAnAnswerIsASuspectRetry() {
    Outcome outcome = call(out -> {});

    assertThat(outcome.reason()).isEqualTo("connection_lost");
    assertThat(outcome.suspect()).isTrue();
    assertThat(server.requests()).isEqualTo(1);
  }

  @Test
  void anAnswerThatBreaksOffIsNotBelieved() {
    Outcome outcome =
        call(out -> out.write((OK + "Content-Length: 50\r\n\r\n{\"ok\":true}").getBytes(US_ASCII)));

    assertThat(outcome.kind()).isEqualTo(Kind.RETRY);
    assertThat(outcome.reason()).isEqualTo("connection_lost");
  }

  @Test
  void whatIsNotHttpIsASuspectRetry() {
    Outcome outcome = call(out -> out.write("SSH-2.0-OpenSSH_9.2\r\n\r\n".getBytes(US_ASCII)));

    assertThat(outcome.kind()).isEqualTo(Kind.RETRY);
    assertThat(outcome.suspect()).isTrue();
  }

  @Test
  void aRedirectIsNotFollowed() {
    Outcome outcome =
        call(
            out ->
                out.write(
                    "HTTP/1.1 307 Temporary Redirect\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"
                        .getBytes(US_ASCII)));

    assertThat(outcome.reason()).isEqualTo("redirected");
    assertThat(server.requests()).isEqualTo(1);
  }

  @Test
  void nothingListeningIsUnreachable() throws IOException {
    server = new RawServer(out -> {});
    server.close();

    Outcome outcome = call(server.url());

    assertThat(outcome.reason()).isEqualTo("unreachable");
    assertThat(outcome.suspect()).isTrue();
  }

  @Test
  void aServerWithoutTlsBehindHttpsIsATlsFailure() {
    server = new RawServer(out -> out.write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII)));

    Outcome outcome = call(server.url().replace("http:", "https:"));

    assertThat(outcome.reason()).isEqualTo("tls");
    assertThat(outcome.suspect()).isTrue();
  }

  private static void assertTimeout(Outcome outcome) {
    assertThat(outcome.kind()).isEqualTo(Kind.RETRY);
    assertThat(outcome.reason()).isEqualTo("timeout");
    assertThat(outcome.suspect()).isTrue();
    assertThat(outcome.delay()).isGreaterThanOrEqualTo(Duration.ofSeconds(60));
  }

  private Outcome call(RawServer.Script script) {
    server = new RawServer(script);
    return call(server.url());
  }

  private Outcome call(String url) {
    start(url);
    UUID id = UUID.randomUUID();
    String payload = "{\"action\":\"bridge.ping\",\"args\":{}}";
    ClaimedRow row =
        new ClaimedRow(
            1, 1, "odoo", "", "key", 1, null, id, 0, null, java.time.Instant.now(), payload);
    return Outcome.of(
        camel
            .createProducerTemplate()
            .request(
                "direct:odoo-ping",
                exchange -> {
                  exchange.setVariable(RouteVariables.ROW, row);
                  exchange.getMessage().setBody(payload);
                }));
  }

  private void start(String url) {
    OdooSettings settings =
        new OdooSettings(
            url, "t", "", Duration.ofSeconds(20), List.of(Duration.ofSeconds(2)), 20, false);
    BoundedAnswer bounds = new BoundedAnswer(DEADLINE, Answer.KEPT_BYTES + 1, timer);
    HttpClientConfigurer configurer =
        client -> client.addExecInterceptorFirst("bounded-answer", bounds);
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
