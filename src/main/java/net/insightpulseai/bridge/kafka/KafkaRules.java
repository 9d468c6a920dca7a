package net.insightpulseai.bridge.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import net.insightpulseai.bridge.answer.Answer;
import net.insightpulseai.bridge.answer.AnswerPolicy;
import net.insightpulseai.bridge.answer.FailureRules;
import net.insightpulseai.bridge.delivery.DeliveryRules;
import net.insightpulseai.bridge.delivery.Topic;
import net.insightpulseai.bridge.outbox.ClaimedRow;
import net.insightpulseai.bridge.outbox.Failed;
import net.insightpulseai.bridge.outbox.Outcome;
import net.insightpulseai.bridge.outbox.RetrySchedule;
import net.insightpulseai.bridge.outbox.TargetStates.Stop;
import net.insightpulseai.bridge.subscriber.Subscriber;
import org.springframework.stereotype.Component;

/**
 * What an acknowledgement, or its absence, means for a delivery. Brokers that are away cost no
 * attempt. What concerns every record pauses the subscriber until an operator has corrected it.
 */
@Component
class KafkaRules implements DeliveryRules {

  private final AnswerPolicy policy;

  private final DeliveryRecords records;
  private final AbsentTopics absent;

  KafkaRules(KafkaSettings settings, DeliveryRecords records, AbsentTopics absent) {
    this.records = records;
    this.absent = absent;
    this.policy = new AnswerPolicy(new RetrySchedule(settings.retrySchedule(), new Random()));
  }

  @Override
  public Subscriber.Kind kind() {
    return Subscriber.Kind.KAFKA;
  }

  @Override
  public AnswerPolicy policy() {
    return policy;
  }

  @Override
  public Outcome judge(Answer answer, Instant now) {
    int status = answer.status();
    return status >= 200 && status <= 299
        ? Outcome.done("ok")
        : Outcome.retry("refused", "status " + status + " in place of an acknowledgement");
  }

  /**
   * Where each event has a topic of its own, one that is not there concerns only what goes to it.
   */
  @Override
  public Failed judge(Throwable failure, ClaimedRow row, Subscriber subscriber) {
    boolean known = failure instanceof TopicAbsent;
    if (Topic.isPerEvent(subscriber.topic())
        && (known || BrokerFailure.of(failure) == BrokerFailure.NO_TOPIC)) {
      String topic = records.topic(row, subscriber);
      if (!known) {
        absent.note(topic);
      }
      return Outcome.retry(
          "not_found",
          "there is no topic " + topic + "; create it, or let the brokers create topics");
    }
    return judge(failure);
  }

  @Override
  public Failed judge(Throwable failure) {
    BrokerFailure kind = BrokerFailure.of(failure);
    if (kind == null) {
      return FailureRules.judge(failure);
    }
    String error = BrokerFailure.text(failure);
    return switch (kind) {
      case AWAY -> Outcome.giveBack("unreachable", error, Duration.ZERO);
      case NO_TOPIC ->
          Outcome.park(
              Stop.PAUSED, "not_found", error + "; create the topic, then resume the subscriber");
      case UNAUTHORIZED ->
          Outcome.park(
              Stop.PAUSED,
              "unauthorized",
              error
                  + "; correct camel.component.kafka.… or the rights, then resume the subscriber");
      case TOO_LARGE ->
          Outcome.dead(
              "too_large", error + "; set bridge.kafka.max-record to what the topic takes");
      case OTHER -> Outcome.retry("refused", error);
    };
  }
}
