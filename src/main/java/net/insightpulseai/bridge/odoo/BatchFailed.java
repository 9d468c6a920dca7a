package net.insightpulseai.bridge.odoo;

import java.time.Instant;
import net.insightpulseai.bridge.answer.Answer;
import net.insightpulseai.bridge.outbox.Failed;
import net.insightpulseai.bridge.outbox.Outcome;

/** The answer to a call with several actions has no results for any of them. */
class BatchFailed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Answer answer;

  BatchFailed(Answer answer) {
    super("status " + answer.status() + " without results", null, false, false);
    this.answer = answer;
  }

  Answer answer() {
    return answer;
  }

  /** What the answer means; it is never a success. */
  Failed judge(Instant now) {
    return AnswerRules.judge(answer, now) instanceof Failed failed
        ? failed
        : Outcome.retry("unexpected_answer", String.valueOf(getMessage())).suspected();
  }
}
