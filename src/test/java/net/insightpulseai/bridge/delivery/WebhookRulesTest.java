package net.insightpulseai.bridge.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import javax.net.ssl.SSLHandshakeException;
import net.insightpulseai.bridge.answer.Act;
import net.insightpulseai.bridge.answer.Answer;
import net.insightpulseai.bridge.answer.AnswerPolicy;
import net.insightpulseai.bridge.egress.EgressRefused;
import net.insightpulseai.bridge.outbox.ClaimedRow;
import net.insightpulseai.bridge.outbox.Outcome;
import net.insightpulseai.bridge.outbox.RetrySchedule;
import net.insightpulseai.bridge.outbox.TargetStates.Stop;
import net.insightpulseai.bridge.subscriber.NoLiveSecret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a webhook's answer means. */
class WebhookRulesTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private final DeliverySettings settings =
      new DeliverySettings(Duration.ofSeconds(15), 32, schedule());
  private final WebhookRules rules =
      new WebhookRules(
          new AnswerPolicy(new RetrySchedule(settings.retrySchedule(), new Random(1))));

  private static List<Duration> schedule() {
    return List.of(
            "PT5S", "PT30S", "PT5M", "PT30M", "PT2H", "PT5H", "PT10H", "PT14H", "PT20H", "PT24H")
        .stream()
        .map(Duration::parse)
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # status | headers                                      | act       | reason       | stop     | at least
          200      |                                              | DONE      | ok           |          | PT0S
          202      |                                              | DONE      | accepted     |          | PT0S
          204      |                                              | DONE      | ok           |          | PT0S
          299      |                                              | DONE      | ok           |          | PT0S
          301      | Location=https://h.example/                  | RETRY     | redirected   |          | PT0S
          304      |                                              | RETRY     | redirected   |          | PT0S
          308      | Location=http://169.254.169.254/             | RETRY     | redirected   |          | PT0S
          400      |                                              | RETRY     | refused      |          | PT0S
          401      |                                              | RETRY     | unauthorized |          | PT0S
          403      |                                              | RETRY     | unauthorized |          | PT0S
          404      |                                              | RETRY     | not_found    |          | PT0S
          408      |                                              | RETRY     | timeout      |          | PT0S
          409      |                                              | RETRY     | refused      |          | PT0S
          410      |                                              | NOT_RUN   | gone         | DISABLED | PT0S
          413      |                                              | REJECT    | too_large    |          | PT0S
          422      |                                              | RETRY     | refused      |          | PT0S
          425      | Retry-After=30                               | RETRY     | refused      |          | PT30S
          429      |                                              | RETRY     | throttled    |          | PT1M
          429      | Retry-After=7                                | THROTTLED | throttled    |          | PT7S
          429      | Retry-After=Sun, 22 Nov 2026 10:10:00 GMT    | THROTTLED | throttled    |          | PT10M
          429      | Retry-After=999999999999                     | THROTTLED | throttled    |          | PT6H
          429      | Retry-After=soon                             | RETRY     | throttled    |          | PT1M
          429      | Retry-After=-5                               | RETRY     | throttled    |          | PT1M
          429      | Retry-After=1e9                              | RETRY     | throttled    |          | PT1M
          429      | Retry-After=Sun, 22 Nov 2026 09:00:00 GMT    | THROTTLED | throttled    |          | PT0S
          503      | Retry-After=Fri, 31 Dec 9999 23:59:59 GMT    | THROTTLED | unavailable  |          | PT6H
          500      |                                              | RETRY     | server_error |          | PT0S
          500      | Retry-After=90                               | RETRY     | server_error |          | PT1M30S
          501      |                                              | RETRY     | server_error |          | PT0S
          502      |                                              | RETRY     | unavailable  |          | PT0S
          503      |                                              | RETRY     | unavailable  |          | PT0S
          503      | Retry-After=120                              | THROTTLED | unavailable  |          | PT2M
          504      |                                              | RETRY     | unavailable  |          | PT0S
          504      | Retry-After=300                              | RETRY     | unavailable  |          | PT5M
          599      |                                              | RETRY     | server_error |          | PT0S
          101      |                                              | RETRY     | refused      |          | PT0S
          200      | webhook-delivery=disable                     | DONE      | disabled     | DISABLED | PT0S
          200      | webhook-delivery=abort-message               | DONE      | ok           |          | PT0S
          500      | webhook-delivery=disable                     | NOT_RUN   | disabled     | DISABLED | PT0S
          500      | Webhook-Delivery= Abort-Message              | REJECT    | aborted      |          | PT0S
          429      | webhook-delivery=abort-message               | REJECT    | aborted      |          | PT0S
          500      | webhook-delivery=explode                     | RETRY     | server_error |          | PT0S
          """)
  void anAnswerMeans(
      int status, String header, Act act, String reason, Stop stop, Duration atLeast) {
    Outcome judged = rules.judge(answer(status, header, ""), NOW);

    assertThat(Act.of(judged)).isEqualTo(act);
    assertThat(judged.reason()).isEqualTo(reason);
    assertThat(Act.stop(judged)).isEqualTo(stop);
    assertThat(judged.delay()).isEqualTo(atLeast);
    assertThat(judged.suspect()).isFalse();
  }

  @Test
  void aRedirectSaysWhatToDo() {
    assertThat(rules.judge(answer(301, null, ""), NOW).error())
        .isEqualTo("status 301; it is never followed: update the subscriber's url");
  }

  @Test
  void whatItAnsweredIsKeptOnOneLine() {
    assertThat(rules.judge(answer(500, null, "Traceback:\n\tboom\u0000"), NOW).error())
        .isEqualTo("status 500: Traceback: boom\ufffd");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 500})
  void whoDisablesItselfIsTheReasonOfItsState(int status) {
    assertThat(rules.judge(answer(status, "webhook-delivery=disable", ""), NOW).stop().why())
        .startsWith("its answer contained webhook-delivery: disable");
  }

  @Test
  void whatIsForbiddenIsTriedAgainAndToldAsOurs() {
    Outcome judged = rules.judge(new EgressRefused("h.example is at 10.0.0.1, a private address"));

    assertThat(Act.of(judged)).isEqualTo(Act.RETRY);
    assertThat(judged.reason()).isEqualTo("egress_refused");
    assertThat(judged.error()).startsWith("the bridge itself refuses to call it: h.example is at");
  }

  @Test
  void withoutASecretTheSubscriberIsPausedAndNothingCounts() {
    Outcome judged = rules.judge(new NoLiveSecret("there is no live secret; rotate it"));

    assertThat(Act.of(judged)).isEqualTo(Act.NOT_RUN);
    assertThat(judged.reason()).isEqualTo("no_live_secret");
    assertThat(Act.stop(judged)).isEqualTo(Stop.PAUSED);
    assertThat(judged.error()).contains("rotate it");
  }

  @Test
  void aFailureIsClassified() {
    assertThat(rules.judge(new UnknownHostException("h.example has no address")).reason())
        .isEqualTo("dns");
    assertThat(rules.judge(new ConnectException("refused")).reason()).isEqualTo("unreachable");
    assertThat(rules.judge(new SSLHandshakeException("expired")).reason()).isEqualTo("tls");
    Outcome late = rules.judge(new SocketTimeoutException("late"));
    assertThat(late.reason()).isEqualTo("timeout");
    assertThat(late.delay()).isEqualTo(Duration.ZERO);
  }

  @Test
  void aSubscriberThatFailsIsTriedForAboutThreeDays() {
    Duration waited = Duration.ZERO;
    int attempt = 1;
    Outcome outcome = after(attempt);
    while (outcome.kind() == Outcome.Kind.RETRY) {
      waited = waited.plus(outcome.delay());
      outcome = after(++attempt);
    }

    assertThat(outcome.reason()).isEqualTo("attempts_spent");
    assertThat(attempt).isEqualTo(11);
    assertThat(waited).isBetween(Duration.ofDays(3), Duration.ofDays(4));
  }

  @Test
  void aTimeThatIsAskedForIsNeverUndercut() {
    for (int i = 0; i < 200; i++) {
      Outcome judged = rules.judge(answer(429, "Retry-After=100", ""), NOW);
      Outcome outcome = rules.policy().count(judged, row(1), Clock.systemUTC());

      assertThat(outcome.kind()).isEqualTo(Outcome.Kind.GIVE_BACK);
      assertThat(outcome.delay()).isBetween(Duration.ofSeconds(100), Duration.ofSeconds(120));
    }
  }

  private Outcome after(int attempt) {
    Outcome judged = rules.judge(answer(500, null, ""), NOW);
    return rules.policy().count(judged, row(attempt), Clock.systemUTC());
  }

  private static ClaimedRow row(int attempt) {
    return new ClaimedRow(
        1,
        1,
        "subscriber:1",
        "",
        "evt_1",
        attempt,
        null,
        UUID.randomUUID(),
        0,
        null,
        null,
        Instant.now(),
        "{}");
  }

  private static Answer answer(int status, String header, String body) {
    Map<String, String> headers =
        header == null
            ? Map.of()
            : Map.of(
                header.substring(0, header.indexOf('=')),
                header.substring(header.indexOf('=') + 1));
    return Answer.of(status, headers, body.getBytes(UTF_8));
  }
}
