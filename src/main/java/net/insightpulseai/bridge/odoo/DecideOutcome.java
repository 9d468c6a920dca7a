package net.insightpulseai.bridge.odoo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import net.insightpulseai.bridge.outbox.ClaimedRow;
import net.insightpulseai.bridge.outbox.Outcome;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Sets the exchange's outcome from the answer of the HTTP step, or from the exception that was
 * caught. Where there is neither, the route has lost its HTTP step: no outcome is set, and the
 * engine stops the queue rather than believe that something was delivered.
 */
@Component("decideOutcome")
class DecideOutcome implements Processor {

  private final AnswerPolicy policy;
  private final ObjectMapper json;
  private final Clock clock;

  DecideOutcome(AnswerPolicy policy, @Qualifier("exactJson") ObjectMapper json, Clock clock) {
    this.policy = policy;
    this.json = json;
    this.clock = clock;
  }

  @Override
  public void process(Exchange exchange) {
    Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    Answer answer = answer(exchange.getMessage(), caught);
    if (answer != null) {
      Outcome outcome = decide(exchange, AnswerRules.judge(answer, clock.instant()));
      outcome.answered(answer.status(), answer.body()).setOn(exchange);
    } else if (caught != null) {
      decide(exchange, FailureRules.judge(caught)).setOn(exchange);
    }
  }

  private static @Nullable Answer answer(Message message, @Nullable Exception caught) {
    // An operator may have let the HTTP step throw.
    if (caught instanceof HttpOperationFailedException failed) {
      String body = failed.getResponseBody();
      String retryAfter = failed.getResponseHeaders().get("Retry-After");
      return Answer.of(
          failed.getStatusCode(), retryAfter, body == null ? new byte[0] : body.getBytes(UTF_8));
    }
    Integer status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
    if (status == null) {
      return null;
    }
    byte[] body = message.getBody(byte[].class);
    return Answer.of(status, retryAfter(message), body == null ? new byte[0] : body);
  }

  private static @Nullable String retryAfter(Message message) {
    Object header = message.getHeader("Retry-After");
    if (header instanceof List<?> repeated && !repeated.isEmpty()) {
      header = repeated.get(0);
    }
    return header == null ? null : header.toString();
  }

  private Outcome decide(Exchange exchange, Verdict verdict) {
    ClaimedRow row = ClaimedRow.of(exchange);
    Duration age = verdict.act() == Verdict.Act.THROTTLED ? age(row) : Duration.ZERO;
    return policy.decide(verdict, row.attempt(), row.maxAttempts(), age);
  }

  /** How long the row has existed; without a limit if it does not say, so that attempts count. */
  private Duration age(ClaimedRow row) {
    try {
      String createdAt = json.readTree(row.payload()).path("created_at").asText();
      Instant created = OffsetDateTime.parse(createdAt).toInstant();
      return Duration.between(created, clock.instant());
    } catch (JsonProcessingException | DateTimeParseException e) {
      return Duration.ofDays(Integer.MAX_VALUE);
    }
  }
}
