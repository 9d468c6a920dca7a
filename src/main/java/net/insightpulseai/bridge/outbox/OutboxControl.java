package net.insightpulseai.bridge.outbox;

import java.util.List;
import net.insightpulseai.bridge.address.Origins;
import net.insightpulseai.bridge.http.Operator;
import net.insightpulseai.bridge.http.Refusal;
import net.insightpulseai.bridge.login.Person;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jmx.export.annotation.ManagedAttribute;
import org.springframework.jmx.export.annotation.ManagedOperation;
import org.springframework.jmx.export.annotation.ManagedOperationParameter;
import org.springframework.jmx.export.annotation.ManagedResource;
import org.springframework.stereotype.Component;

/** An operator's actions on the queues, in Hawtio under {@code bridge:type=Outbox}. */
@Component
@ManagedResource(
    objectName = "bridge:type=Outbox",
    description = "The queue of actions to Odoo, and the pauses of all targets")
public class OutboxControl {

  private static final Logger LOG = LoggerFactory.getLogger(OutboxControl.class);

  private final QueueCounts counts;
  private final TargetStates states;
  private final DeadRows deadRows;
  private final HeldActions held;

  OutboxControl(QueueCounts counts, TargetStates states, DeadRows deadRows, HeldActions held) {
    this.counts = counts;
    this.states = states;
    this.deadRows = deadRows;
    this.held = held;
  }

  @ManagedAttribute(description = "Actions that are due and wait for a slot")
  public long getDue() {
    return count("due");
  }

  @ManagedAttribute(description = "Actions that wait for their next attempt")
  public long getWaiting() {
    return count("waiting");
  }

  @ManagedAttribute(description = "Actions from before the bridge was installed, until released")
  public long getHeld() {
    return count("held");
  }

  @ManagedAttribute(description = "Actions in flight: claimed by an instance")
  public long getInFlight() {
    return count("in_flight");
  }

  @ManagedAttribute(description = "Open dead letters of actions")
  public long getDead() {
    return count("dead");
  }

  @ManagedAttribute(description = "For how many seconds the oldest due action has been due")
  public long getOldestDueSeconds() {
    return count(QueueCounts.OLDEST);
  }

  @ManagedAttribute(description = "Who stopped which target, and why; one line for each")
  public String getStopped() {
    return Origins.only(String.join("\n", states.stopped()));
  }

  private long count(String name) {
    return QueueCounts.shown(counts.value(Queue.ODOO_ACTIONS, name));
  }

  @ManagedOperation(
      description =
          "Open rows of each queue: due, waiting, held, in flight, dead; and who stopped which target, and why")
  public String showCounts() {
    StringBuilder text = new StringBuilder();
    counts
        .read()
        .forEach((queue, row) -> text.append(queue.label()).append(' ').append(row).append('\n'));
    states.stopped().forEach(stop -> text.append(stop).append('\n'));
    return Origins.only(text.toString());
  }

  @ManagedOperation(
      description =
          "Stop sending to a target: odoo, with the events that Odoo subscribes to, or subscriber:<id>")
  @ManagedOperationParameter(name = "target", description = "odoo or subscriber:<id>")
  @ManagedOperationParameter(name = "who", description = "your name, for the record")
  @ManagedOperationParameter(name = "why", description = "the reason, for the record")
  public String pause(String target, String who, String why) {
    return states.stop(target, TargetStates.Stop.PAUSED, Person.ofCaller(who), why)
        ? target + " is paused"
        : "there is no target " + target;
  }

  @ManagedOperation(description = "Send to a paused or disabled target again")
  @ManagedOperationParameter(name = "target", description = "odoo or subscriber:<id>")
  @ManagedOperationParameter(name = "who", description = "your name, for the record")
  @ManagedOperationParameter(name = "why", description = "the reason, for the record")
  public String resume(String target, String who, String why) {
    return switch (states.resume(target, Person.ofCaller(who), why)) {
      case RESUMED, RUNNING -> target + " is running";
      case COPY -> target + " is paused because this database is a copy; pair it, see Pairing";
      case UNKNOWN -> "there is no target " + target;
    };
  }

  @ManagedOperation(
      description =
          "Queue a dead action again with its idempotency key; use force if a later one has overtaken it")
  @ManagedOperationParameter(name = "id", description = "the action's id")
  @ManagedOperationParameter(
      name = "force",
      description = "even if a later action of its record was sent")
  @ManagedOperationParameter(name = "who", description = "your name, for the record")
  @ManagedOperationParameter(name = "why", description = "the reason, for the record")
  public String requeue(long id, boolean force, String who, String why) {
    String person = Person.ofCaller(who);
    DeadRows.Act act = new DeadRows.Act(person, why, force, false);
    DeadRows.Judged judged =
        deadRows.requeue(Queue.ODOO_ACTIONS, List.of(new DeadRows.Asked(id, null)), act).get(0);
    LOG.info("Requeue of action {} by {}: {}", id, person, judged.outcome());
    return switch (judged.outcome()) {
      case "requeued" -> "action " + id + " is queued again";
      case "row_gone" -> "there is no action " + id;
      case "overtaken" ->
          "action "
              + id
              + " was overtaken by a later one of its record; use force to send it anyway";
      case "not_dead" ->
          "action "
              + id
              + " is "
              + judged.status()
              + "; only a dead one (error) can be queued again";
      default -> "action " + id + " is for a subscriber that is deleted";
    };
  }

  @ManagedOperation(
      description = "Release actions from before the bridge was installed; id 0 means all")
  @ManagedOperationParameter(name = "id", description = "the action's id, 0 for all")
  @ManagedOperationParameter(name = "who", description = "your name, for the record")
  @ManagedOperationParameter(name = "why", description = "the reason, for the record")
  public String releaseHeld(long id, String who, String why) {
    return onHeld(held::release, id, who, why, " actions released");
  }

  @ManagedOperation(
      description = "Discard actions from before the bridge was installed; id 0 means all")
  @ManagedOperationParameter(name = "id", description = "the action's id, 0 for all")
  @ManagedOperationParameter(name = "who", description = "your name, for the record")
  @ManagedOperationParameter(name = "why", description = "the reason, for the record")
  public String discardHeld(long id, String who, String why) {
    return onHeld(held::discard, id, who, why, " actions discarded");
  }

  private static String onHeld(HeldActions.Act act, long id, String who, String why, String done) {
    try {
      Operator operator = Operator.named(Person.ofCaller(who), why);
      return act.on(id == 0 ? null : id, operator.who(), operator.why()) + done;
    } catch (Refusal refusal) {
      return "nothing done: " + refusal.getMessage();
    }
  }
}
