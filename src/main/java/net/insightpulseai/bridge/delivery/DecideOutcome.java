package net.insightpulseai.bridge.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.insightpulseai.bridge.answer.Answer;
import net.insightpulseai.bridge.answer.AnswerPolicy;
import net.insightpulseai.bridge.answer.FailureRules;
import net.insightpulseai.bridge.answer.TargetRules;
import net.insightpulseai.bridge.answer.Unsendable;
import net.insightpulseai.bridge.config.RouteVariables;
import net.insightpulseai.bridge.outbox.ClaimedRow;
import net.insightpulseai.bridge.outbox.Outcome;
import net.insightpulseai.bridge.outbox.RetrySchedule;
import net.insightpulseai.bridge.outbox.TargetStates;
import net.insightpulseai.bridge.outbox.TargetStop;
import net.insightpulseai.bridge.subscriber.Subscriber;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Sets the exchange's outcome from the answer to the HTTP step, or from the exception that was
 * caught, by the rules of the row's target: Odoo's for an action, those of the subscriber's kind
 * for a delivery. If there is neither, the route has lost its HTTP step: no outcome is set, and the
 * engine pauses the target rather than assume a delivery. A target that must receive nothing more
 * is stopped before the outcome is written, so that a crash in between repeats both.
 */
@Component("decideOutcome")
public class DecideOutcome implements Processor {

  private static final Logger LOG = LoggerFactory.getLogger(DecideOutcome.class);

  private static final Duration LATER = Duration.ofSeconds(5);

  private final TargetRules actions;
  private final Map<Subscriber.Kind, TargetRules> deliveries = new EnumMap<>(Subscriber.Kind.class);
  private final TargetStates targets;
  private final Clock clock;

  public DecideOutcome(
      TargetRules actionRules,
      List<DeliveryRules> deliveryRules,
      TargetStates targets,
      Clock clock) {
    this.actions = actionRules;
    deliveryRules.forEach(one -> deliveries.put(one.kind(), one));
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
    TargetRules rules = rules(exchange, row);
    if (rules == null) {
      // The subscriber could not even be looked up: that is not the row's fault and costs no
      // attempt. But an action for a subscriber can never be sent.
      Outcome outcome =
          caught instanceof Unsendable
              ? FailureRules.judge(caught)
              : Outcome.giveBack(
                  "not_looked_up", "the subscriber could not be looked up in the database", LATER);
      outcome.setOn(exchange);
      return;
    }
    Outcome judged =
        answer != null
            ? rules.judge(answer, clock.instant())
            : withoutAnswer(rules, caught, row, exchange);
    judged = withoutStopping(exchange, judged);
    TargetStop stop = judged.stop();
    if (stop != null && row.queued()) {
      targets.stopBecause(row.target(), stop.how(), stop.why());
    }
    Outcome outcome = policy(exchange, rules).count(judged, row, clock);
    (answer == null ? outcome : outcome.answered(answer.status(), answer.body())).setOn(exchange);
  }

  private static Outcome withoutAnswer(
      TargetRules rules, Throwable caught, ClaimedRow row, Exchange exchange) {
    return rules instanceof DeliveryRules deliveries
        ? deliveries.judge(caught, row, Subscriber.of(exchange))
        : rules.judge(caught);
  }

  /** With the schedule of the route, if it has one that can be read; the check refuses others. */
  private static AnswerPolicy policy(Exchange exchange, TargetRules rules) {
    String own = exchange.getVariable(RouteVariables.RETRY_SCHEDULE, String.class);
    if (own == null) {
      return rules.policy();
    }
    try {
      return new AnswerPolicy(RetrySchedule.read(own, new Random()));
    } catch (IllegalArgumentException e) {
      LOG.warn("The variable retrySchedule is ignored: {}", e.getMessage());
      return rules.policy();
    }
  }

  private @Nullable TargetRules rules(Exchange exchange, ClaimedRow row) {
    if (!row.target().startsWith(Subscriber.TARGET_PREFIX)) {
      return actions;
    }
    Subscriber subscriber = exchange.getVariable(RouteVariables.SUBSCRIBER, Subscriber.class);
    return subscriber == null ? null : deliveries.get(subscriber.kind());
  }

  /** A row queued before the mode became trigger must not stop what is sent without a queue. */
  private static Outcome withoutStopping(Exchange exchange, Outcome judged) {
    Subscriber subscriber = exchange.getVariable(RouteVariables.SUBSCRIBER, Subscriber.class);
    TargetStop stop = judged.stop();
    return stop != null && subscriber != null && subscriber.mode() == Subscriber.Mode.TRIGGER
        ? Outcome.dead(judged.reason(), stop.why())
        : judged;
  }
}
