package net.insightpulseai.bridge.odoo;

import java.time.Instant;
import net.insightpulseai.bridge.answer.Answer;
import net.insightpulseai.bridge.answer.AnswerPolicy;
import net.insightpulseai.bridge.delivery.DeliveryRules;
import net.insightpulseai.bridge.outbox.Outcome;
import net.insightpulseai.bridge.subscriber.Subscriber;
import org.springframework.stereotype.Component;

/**
 * What an answer of {@code /api/agent/event_push} means: the same as for an action, except that 202
 * suffices. The module stores the event and does the rest later.
 */
@Component
class OdooPushRules implements DeliveryRules {

  private final AnswerPolicy policy;

  OdooPushRules(AnswerPolicy odooAnswerPolicy) {
    this.policy = odooAnswerPolicy;
  }

  @Override
  public Subscriber.Kind kind() {
    return Subscriber.Kind.ODOO;
  }

  @Override
  public AnswerPolicy policy() {
    return policy;
  }

  @Override
  public Outcome judge(Answer answer, Instant now) {
    return answer.status() == 202 ? Outcome.done("ok") : AnswerRules.judge(answer, now);
  }

  @Override
  public Outcome judge(Throwable failure) {
    return AnswerRules.judge(failure);
  }
}
