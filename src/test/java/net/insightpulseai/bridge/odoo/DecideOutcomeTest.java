package net.insightpulseai.bridge.odoo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import net.insightpulseai.bridge.answer.AnswerPolicy;
import net.insightpulseai.bridge.config.RouteVariables;
import net.insightpulseai.bridge.delivery.DecideOutcome;
import net.insightpulseai.bridge.outbox.ClaimedRow;
import net.insightpulseai.bridge.outbox.Done;
import net.insightpulseai.bridge.outbox.Outcome;
import net.insightpulseai.bridge.outbox.Outcome.Kind;
import net.insightpulseai.bridge.outbox.Response;
import net.insightpulseai.bridge.outbox.RetrySchedule;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class DecideOutcomeTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final String OK = "{\"ok\":true}";

  private final DecideOutcome decide =
      new DecideOutcome(
          new ActionRules(
              new AnswerPolicy(new RetrySchedule(List.of(Duration.ofHours(1)), new Random(1)))),
          List.of(),
          null,
          Clock.fixed(NOW, ZoneOffset.UTC));
  private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

  @Test
  void withoutAnswerAndWithoutExceptionThereIsNoOutcome() {
    row(NOW);
    exchange.getMessage().setBody(OK);

    decide.process(exchange);

    assertThat(Outcome.of(exchange)).isNull();
  }

  @Test
  void theAnswerIsKeptWithTheOutcome() {
    row(NOW);
    answer(200, OK);

    decide.process(exchange);

    assertThat(Outcome.of(exchange)).isEqualTo(new Done("ok", null, new Response(200, OK)));
  }

  @Test
  void anEmptyAnswerIsAnAnswer() {
    row(NOW);
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 204);

    decide.process(exchange);

    assertThat(Outcome.of(exchange).kind()).isEqualTo(Kind.RETRY);
    assertThat(Outcome.of(exchange).response().body()).isEmpty();
  }

  @Test
  void anExceptionIsJudgedWhereThereIsNoAnswer() {
    row(NOW);
    exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new SocketTimeoutException("late"));

    decide.process(exchange);

    assertThat(Outcome.of(exchange).reason()).isEqualTo("timeout");
  }

  @Test
  void anHttpStepThatThrowsIsJudgedByItsAnswer() {
    row(NOW);
    exchange.setProperty(
        Exchange.EXCEPTION_CAUGHT,
        new HttpOperationFailedException(
            "http://odoo", 422, "", null, Map.of(), "{\"ok\":false,\"code\":\"user_error\"}"));

    decide.process(exchange);

    assertThat(Outcome.of(exchange).kind()).isEqualTo(Kind.DEAD);
    assertThat(Outcome.of(exchange).response().status()).isEqualTo(422);
  }

  @Test
  void aDeliveryWhoseSubscriberCouldNotBeLookedUpGoesBackUncounted() {
    row(NOW, "subscriber:7");
    exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new IllegalStateException("no connection"));

    decide.process(exchange);

    assertThat(Outcome.of(exchange).kind()).isEqualTo(Kind.GIVE_BACK);
    assertThat(Outcome.of(exchange).reason()).isEqualTo("not_looked_up");
  }

  @Test
  void ofARepeatedRetryAfterTheFirstCounts() {
    row(NOW);
    answer(429, "");
    exchange.getMessage().setHeader("Retry-After", List.of("7200", "1"));

    decide.process(exchange);

    assertThat(Outcome.of(exchange).delay()).isGreaterThanOrEqualTo(Duration.ofHours(2));
  }

  @Test
  void theAgeOfAThrottledRowDecidesWhetherItCounts() {
    assertThat(throttled(NOW.minus(Duration.ofMinutes(30)))).isEqualTo(Kind.GIVE_BACK);
    assertThat(throttled(NOW.minus(Duration.ofMinutes(90)))).isEqualTo(Kind.RETRY);
  }

  @Test
  void anExchangeThatCarriesNoRowIsAnErrorThatSaysWhatIsExpected() {
    answer(200, OK);

    assertThatIllegalStateException()
        .isThrownBy(() -> decide.process(exchange))
        .withMessageContaining("outbox:");
  }

  private Kind throttled(Instant createdAt) {
    row(createdAt);
    answer(429, "");
    decide.process(exchange);
    return Outcome.of(exchange).kind();
  }

  private void row(Instant createdAt) {
    row(createdAt, "odoo");
  }

  private void row(Instant createdAt, String target) {
    UUID id = UUID.randomUUID();
    exchange.setVariable(
        RouteVariables.ROW,
        new ClaimedRow(1, 1, target, "", "k", 1, null, id, 0, null, null, createdAt, "{}"));
  }

  private void answer(int status, String body) {
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
    exchange.getMessage().setBody(body.getBytes(UTF_8));
  }
}
