package net.insightpulseai.bridge.deadletter;

import static com.fasterxml.jackson.databind.node.JsonNodeFactory.instance;

import net.insightpulseai.bridge.http.BodyFields;
import net.insightpulseai.bridge.http.Operator;
import net.insightpulseai.bridge.http.Refusal;
import net.insightpulseai.bridge.outbox.DeadRows.Act;
import net.insightpulseai.bridge.outbox.DeadRows.Judged;
import org.springframework.jmx.export.annotation.ManagedOperation;
import org.springframework.jmx.export.annotation.ManagedOperationParameter;
import org.springframework.jmx.export.annotation.ManagedResource;
import org.springframework.stereotype.Component;

/** The same acts as the routes, in Hawtio under {@code bridge:type=DeadLetters}. */
@Component
@ManagedResource(
    objectName = "bridge:type=DeadLetters",
    description = "The dead letters of both queues; GET /bridge/dead-letters lists them")
public class DeadLetterControl {

  private final DeadLetters letters;

  DeadLetterControl(DeadLetters letters) {
    this.letters = letters;
  }

  @ManagedOperation(description = "Send it again with its idempotency key")
  @ManagedOperationParameter(name = "id", description = "the dead letter's id")
  @ManagedOperationParameter(
      name = "force",
      description = "even if a later one for the same record has been sent")
  @ManagedOperationParameter(name = "who", description = "your name, for the record")
  @ManagedOperationParameter(name = "why", description = "the reason, for the record")
  public String requeue(long id, boolean force, String who, String why) {
    return end(Resolution.REQUEUED, id, force, who, why);
  }

  @ManagedOperation(description = "Discard it")
  @ManagedOperationParameter(name = "id", description = "the dead letter's id")
  @ManagedOperationParameter(name = "who", description = "your name, for the record")
  @ManagedOperationParameter(name = "why", description = "the reason, for the record")
  public String discard(long id, String who, String why) {
    return end(Resolution.DISCARDED, id, false, who, why);
  }

  private String end(Resolution how, long id, boolean force, String who, String why) {
    Operator operator;
    try {
      operator = Operator.of(new BodyFields(instance.objectNode().put("who", who).put("why", why)));
    } catch (Refusal refusal) {
      return "nothing done: " + refusal.getMessage();
    }
    Judged judged = letters.end(how, id, new Act(operator.who(), operator.why(), force, false));
    if (judged == null) {
      return "there is no dead letter " + id;
    }
    return judged.outcome().equals(how.word())
        ? "dead letter " + id + " is " + how.word()
        : "nothing done (" + judged.outcome() + "): " + OutcomeMessage.of(judged);
  }
}
