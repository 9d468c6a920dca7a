package net.insightpulseai.bridge.fanout;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.answer.Answer;
import net.insightpulseai.bridge.answer.Verdict;
import net.insightpulseai.bridge.outbox.ClaimedRow;
import net.insightpulseai.bridge.outbox.Outcome;
import net.insightpulseai.bridge.outbox.TargetStates;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Sets a delivery's outcome from the answer to the HTTP step, or from the exception that was
 * caught, by the rules of the subscriber's kind. A target that must not be sent to any more is
 * stopped before the outcome is written, so that a crash in between repeats both.
 */
@Component("decideDelivery")
class DecideDelivery implements Processor {

  private static final Duration LATER = Duration.ofSeconds(5);

  private final Map<Subscriber.Kind, DeliveryRules> rules = new EnumMap<>(Subscriber.Kind.class);
  private final TargetStates targets;
  private final Clock clock;

  DecideDelivery(List<DeliveryRules> rules, TargetStates targets, Clock clock) {
    rules.forEach(one -> this.rules.put(one.kind(), one));
    this.targets = targets;
    this.clock = clock;
  }

  @Override
  public void process(Exchange exchange) {
    Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    Answer answer = Answer.of(exchange);
    if (answer == null && caught == null) {
      return;
    }
    ClaimedRow row = ClaimedRow.of(exchange);
    Subscriber subscriber = exchange.getVariable(Subscriber.VARIABLE, Subscriber.class);
    DeliveryRules own = subscriber == null ? null : rules.get(subscriber.kind());
    if (own == null) {
      // It could not even be looked up: not its fault, and none of its attempts.
      Outcome.giveBack("not_looked_up", "the database could not tell whom it is for", LATER)
          .setOn(exchange);
      return;
    }
    Verdict verdict =
        withoutStopping(
            subscriber, answer != null ? own.judge(answer, clock.instant()) : own.judge(caught));
    if (verdict.stop() != null && row.queued()) {
      String why = verdict.error().isEmpty() ? verdict.reason() : verdict.error();
      targets.stopBecause(row.target(), verdict.stop(), why);
    }
    Outcome outcome = own.policy().decide(verdict, row, clock);
    (answer == null ? outcome : outcome.answered(answer.status(), answer.body())).setOn(exchange);
  }

  /** What is left in the queue from before mode trigger must not stop what goes without a queue. */
  private static Verdict withoutStopping(Subscriber subscriber, Verdict verdict) {
    return verdict.stop() != null && subscriber.mode() == Subscriber.Mode.TRIGGER
        ? Verdict.reject(verdict.reason(), verdict.error())
        : verdict;
  }
}
