package net.insightpulseai.bridge.odoo;

import java.time.Clock;
import net.insightpulseai.bridge.answer.Answer;
import net.insightpulseai.bridge.answer.AnswerPolicy;
import net.insightpulseai.bridge.config.RouteVariables;
import net.insightpulseai.bridge.outbox.ClaimedRow;
import net.insightpulseai.bridge.outbox.Outcome;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Processor;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/**
 * Sets the outcome of one row of a batch, by the rules for a single row.
 *
 * <p>In: a {@link ReadBatchAnswer.ToOne}. Out: the variables {@code row} and {@code outcome}.
 */
@Component("decideResult")
class DecideResult implements Processor {

  private final AnswerPolicy policy;
  private final Clock clock;

  DecideResult(AnswerPolicy odooAnswerPolicy, Clock clock) {
    this.policy = odooAnswerPolicy;
    this.clock = clock;
  }

  @Override
  public void process(Exchange exchange) throws InvalidPayloadException {
    ReadBatchAnswer.ToOne one = exchange.getMessage().getMandatoryBody(ReadBatchAnswer.ToOne.class);
    ClaimedRow row = one.row();
    MDC.put("correlation_id", row.correlationId().toString());
    exchange.setVariable(RouteVariables.ROW, row);
    Answer answer = one.answer();
    if (answer == null) {
      Outcome unknown =
          Outcome.retry("no_result", "Odoo's answer has no result for this action").suspected();
      policy.count(unknown, row, clock).setOn(exchange);
      return;
    }
    policy
        .count(AnswerRules.judge(answer, clock.instant()), row, clock)
        .answered(answer.status(), answer.body())
        .setOn(exchange);
  }
}
