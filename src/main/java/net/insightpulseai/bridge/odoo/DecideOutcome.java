package net.insightpulseai.bridge.odoo;

import java.time.Clock;
import net.insightpulseai.bridge.answer.Answer;
import net.insightpulseai.bridge.answer.AnswerPolicy;
import net.insightpulseai.bridge.answer.FailureRules;
import net.insightpulseai.bridge.outbox.ClaimedRow;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Sets the exchange's outcome from Odoo's answer to the HTTP step, or from the exception that was
 * caught. Where there is neither, the route has lost its HTTP step: no outcome is set, and the
 * engine stops the queue rather than believe that something was delivered.
 */
@Component("decideOutcome")
class DecideOutcome implements Processor {

  private final AnswerPolicy policy;
  private final Clock clock;

  DecideOutcome(AnswerPolicy odooAnswerPolicy, Clock clock) {
    this.policy = odooAnswerPolicy;
    this.clock = clock;
  }

  @Override
  public void process(Exchange exchange) {
    Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    Answer answer = Answer.of(exchange);
    if (answer != null) {
      policy
          .decide(AnswerRules.judge(answer, clock.instant()), ClaimedRow.of(exchange), clock)
          .answered(answer.status(), answer.body())
          .setOn(exchange);
    } else if (caught != null) {
      policy.decide(FailureRules.judge(caught), ClaimedRow.of(exchange), clock).setOn(exchange);
    }
  }
}
