package net.insightpulseai.bridge.odoo;

import java.time.Instant;
import net.insightpulseai.bridge.answer.Answer;
import net.insightpulseai.bridge.answer.AnswerPolicy;
import net.insightpulseai.bridge.answer.TargetRules;
import net.insightpulseai.bridge.outbox.Outcome;
import org.springframework.stereotype.Component;

/** What Odoo's answers to actions mean. */
@Component("actionRules")
class ActionRules implements TargetRules {

  private final AnswerPolicy policy;

  ActionRules(AnswerPolicy odooAnswerPolicy) {
    this.policy = odooAnswerPolicy;
  }

  @Override
  public AnswerPolicy policy() {
    return policy;
  }

  @Override
  public Outcome judge(Answer answer, Instant now) {
    return AnswerRules.judge(answer, now);
  }

  @Override
  public Outcome judge(Throwable failure) {
    return AnswerRules.judge(failure);
  }
}
