package net.insightpulseai.bridge.odoo;

import java.time.Clock;
import java.time.Duration;
import net.insightpulseai.bridge.answer.Answer;
import net.insightpulseai.bridge.answer.Excerpt;
import net.insightpulseai.bridge.answer.Unsendable;
import net.insightpulseai.bridge.outbox.Failed;
import net.insightpulseai.bridge.outbox.GiveBack;
import net.insightpulseai.bridge.outbox.Outcome;
import net.insightpulseai.bridge.outbox.RowBatch;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Decides for all rows of a call that failed as a whole: they go back uncounted, and each is sent
 * alone next, because a row with an error never shares a call again. A row that makes a call fail
 * thus does so once, and the attempt that counts is its own.
 */
@Component("decideBatch")
class DecideBatch implements Processor {

  private final OdooBatches batches;
  private final Clock clock;

  DecideBatch(OdooBatches batches, Clock clock) {
    this.batches = batches;
    this.clock = clock;
  }

  @Override
  public void process(Exchange exchange) {
    Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    if (caught == null) {
      return;
    }
    if (!(caught instanceof Unsendable)) {
      batches.failed();
    }
    RowBatch batch = RowBatch.of(exchange);
    Outcome outcome = outcome(exchange, caught, batch.rows().size());
    batch.rows().forEach(row -> batch.keep(row, outcome));
  }

  private Outcome outcome(Exchange exchange, Exception caught, int rows) {
    Answer answer = Answer.of(exchange);
    Failed judged = AnswerRules.judge(caught);
    if (caught instanceof BatchFailed failed) {
      answer = failed.answer();
      judged = failed.judge(clock.instant());
    } else if (answer != null) {
      judged = new BatchFailed(answer).judge(clock.instant());
    }
    String error = "a call with " + rows + " actions failed; each is sent alone next: ";
    Failed outcome = Outcome.giveBack(judged.reason(), error + judged.error(), pause(judged));
    if (answer != null) {
      outcome = outcome.answered(answer.status(), Excerpt.line(answer.body()));
    }
    return judged.suspect() ? outcome.suspected() : outcome;
  }

  /** At once, unless Odoo asked for time or may still be working on the call. */
  private static Duration pause(Failed judged) {
    boolean throttled = judged instanceof GiveBack back && back.throttled();
    return throttled || judged.reason().equals(Outcome.TIMEOUT) ? judged.delay() : Duration.ZERO;
  }
}
