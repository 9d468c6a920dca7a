package net.insightpulseai.bridge.realtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.answer.Act;
import net.insightpulseai.bridge.answer.Answer;
import net.insightpulseai.bridge.answer.NotConfigured;
import net.insightpulseai.bridge.outbox.Outcome;
import net.insightpulseai.bridge.outbox.TargetStates.Stop;
import net.insightpulseai.bridge.subscriber.Subscriber;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

class RealtimeRulesTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private final RealtimeRules rules =
      new RealtimeRules(settings(), new RealtimeThrottle(Clock.systemUTC()));

  private static RealtimeSettings settings() {
    return new RealtimeSettings(
        DataSize.ofKilobytes(256), 80, List.of(Duration.ofSeconds(1), Duration.ofSeconds(5)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "202;                                                             ; DONE;      ok",
        "200; <html>                                                      ; DONE;      ok",
        "400; {\"message\":\"bad\"}                                       ; REJECT;    rejected",
        "415; {\"error\":\"Unsupported Media Type\"}                      ; REJECT;    rejected",
        "413;                                                             ; REJECT;    too_large",
        "422; {\"errors\":{\"topic\":[\"can't be blank\"]}}               ; REJECT;    rejected",
        "422; {\"errors\":{\"payload\":[\"Payload size exceeds tenant limit\"]}}; REJECT; too_large",
        "422; {\"message\":\"Tenant database unavailable\"}               ; RETRY;     unavailable",
        "422; {\"message\":\"Tenant database initializing\"}              ; RETRY;     unavailable",
        "422; {\"message\":\"Tenant database connection initializing\"}   ; RETRY;     unavailable",
        "422; {\"message\":\"Missing messages partition\"}                ; RETRY;     unavailable",
        "422; {\"message\":\"Connect rate limit reached\"}                ; RETRY;     unavailable",
        "429; {\"message\":\"Too many requests\"}                         ; THROTTLED; throttled",
        "429; {\"message\":\"Connection pool exhausted\"}                 ; THROTTLED; throttled",
        "408;                                                             ; RETRY;     unavailable",
        "500; {\"message\":\"RPC error\"}                                 ; RETRY;     unavailable",
        "502; <html>                                                      ; RETRY;     unavailable",
        "503;                                                             ; RETRY;     unavailable",
        "504;                                                             ; RETRY;     unavailable",
        "544;                                                             ; RETRY;     unavailable"
      })
  void anAnswerMeans(int status, String body, Act act, String reason) {
    Outcome judged = rules.judge(answer(status, body == null ? "" : body), NOW);

    assertThat(Act.of(judged)).isEqualTo(act);
    assertThat(judged.reason()).isEqualTo(reason);
    assertThat(Act.stop(judged)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "401, unauthorized, SUPABASE_SERVICE_ROLE_KEY",
    "402, forbidden,    the project's state",
    "403, forbidden,    the project's state",
    "540, forbidden,    the project's state",
    "404, not_found,    SUPABASE_URL",
    "405, not_found,    SUPABASE_URL",
    "301, redirected,   SUPABASE_URL",
    "307, redirected,   SUPABASE_URL"
  })
  void whatHitsEveryMessagePausesTheSubscriberAndLosesNone(
      int status, String reason, String remedy) {
    Outcome judged = rules.judge(answer(status, "{\"message\":\"no\"}"), NOW);

    assertThat(Act.of(judged)).isEqualTo(Act.NOT_RUN);
    assertThat(Act.stop(judged)).isEqualTo(Stop.PAUSED);
    assertThat(judged.reason()).isEqualTo(reason);
    assertThat(judged.error()).contains("status " + status + ": no", remedy);
  }

  @Test
  void aMissingSettingPausesTheSubscriberAndIsNamed() {
    Outcome judged = rules.judge(new NotConfigured("SUPABASE_URL is empty"));

    assertThat(Act.stop(judged)).isEqualTo(Stop.PAUSED);
    assertThat(Act.of(judged)).isEqualTo(Act.NOT_RUN);
    assertThat(judged.error()).isEqualTo("SUPABASE_URL is empty");
  }

  @Test
  void noAnswerIsTriedAgain() {
    assertThat(Act.of(rules.judge(new SocketTimeoutException("no answer")))).isEqualTo(Act.RETRY);
  }

  @Test
  void aGatewayThatNamesATimeIsObeyed() {
    Answer busy = Answer.of(429, Map.of("Retry-After", "30"), new byte[0]);

    assertThat(rules.judge(busy, NOW).delay()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aSubscriberWithoutARateHasTheUsualOneAndSlowsDownWhenToldTo() {
    RealtimeThrottle throttle = new RealtimeThrottle(Clock.systemUTC());
    RealtimeRules own = new RealtimeRules(settings(), throttle);

    assertThat(own.limits(subscriber(null)).perSecond()).isEqualTo(80);
    assertThat(own.limits(subscriber(200)).perSecond()).isEqualTo(200);
    throttle.slowDown("subscriber:1");
    assertThat(own.limits(subscriber(200)).perSecond()).isEqualTo(100);
  }

  private static Subscriber subscriber(@Nullable Integer rate) {
    return new Subscriber(
        1,
        "live",
        Subscriber.Kind.REALTIME,
        null,
        List.of("*"),
        null,
        null,
        Subscriber.Format.FULL,
        Subscriber.Signature.STANDARD,
        Subscriber.Mode.REST,
        "odoo:{company}:{model}",
        rate,
        null,
        Subscriber.Owner.API,
        "[]",
        "{}",
        null);
  }

  private static Answer answer(int status, String body) {
    return Answer.of(status, Map.of(), body.getBytes(UTF_8));
  }
}
