package net.insightpulseai.bridge.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import net.insightpulseai.bridge.outbox.Queue;
import net.insightpulseai.bridge.outbox.QueueCounts;
import org.jspecify.annotations.Nullable;
import org.springframework.jmx.export.annotation.ManagedAttribute;
import org.springframework.jmx.export.annotation.ManagedOperation;
import org.springframework.jmx.export.annotation.ManagedOperationParameter;
import org.springframework.jmx.export.annotation.ManagedResource;
import org.springframework.stereotype.Component;

/** Dead letters, in Hawtio under {@code bridge:type=DeadLetters}. */
@Component
@ManagedResource(
    objectName = "bridge:type=DeadLetters",
    description = "What finally failed and waits for a person, of both queues")
public class DeadLetterControl {

  private static final String LETTERS = "/bridge/dead-letters";

  private final Api api;
  private final QueueCounts counts;

  DeadLetterControl(Api api, QueueCounts counts) {
    this.api = api;
    this.counts = counts;
  }

  @ManagedAttribute(description = "Open dead letters of actions; -1 without the database")
  public long getActions() {
    return count(Queue.ODOO_ACTIONS);
  }

  @ManagedAttribute(description = "Open dead letters of deliveries; -1 without the database")
  public long getDeliveries() {
    return count(Queue.EVENT_DELIVERIES);
  }

  @ManagedOperation(description = "The newest open dead letters, without their payloads")
  @ManagedOperationParameter(name = "limit", description = "how many at most, 1 to 1000")
  public String showOpen(int limit) {
    return api.show(LETTERS + "?limit=" + limit);
  }

  @ManagedOperation(description = "Send one again with its idempotency key")
  @ManagedOperationParameter(name = "id", description = "the dead letter's id")
  @ManagedOperationParameter(
      name = "force",
      description = "even if a later one for the same record has been sent")
  @ManagedOperationParameter(name = "who", description = "your name, for the record")
  @ManagedOperationParameter(name = "why", description = "the reason, for the record")
  public String requeue(long id, boolean force, @Nullable String who, @Nullable String why) {
    return api.act(LETTERS + "/" + id + "/requeue", Api.record(who, why).put("force", force));
  }

  @ManagedOperation(description = "Discard one; it stays in the list of discarded ones")
  @ManagedOperationParameter(name = "id", description = "the dead letter's id")
  @ManagedOperationParameter(name = "who", description = "your name, for the record")
  @ManagedOperationParameter(name = "why", description = "the reason, for the record")
  public String discard(long id, @Nullable String who, @Nullable String why) {
    return api.act(LETTERS + "/" + id + "/discard", Api.record(who, why));
  }

  @ManagedOperation(description = "Count the open dead letters that match; empty matches any")
  @ManagedOperationParameter(name = "target", description = "odoo or subscriber:<id>; or empty")
  @ManagedOperationParameter(name = "reason", description = "such as rejected; or empty")
  public String countMatching(@Nullable String target, @Nullable String reason) {
    return api.act(
        LETTERS + "/discard", filter(target, reason, "console", "count").put("dry_run", true));
  }

  @ManagedOperation(description = "Send all that match again; count them first")
  @ManagedOperationParameter(name = "target", description = "odoo or subscriber:<id>; or empty")
  @ManagedOperationParameter(name = "reason", description = "such as rejected; or empty")
  @ManagedOperationParameter(name = "who", description = "your name, for the record")
  @ManagedOperationParameter(name = "why", description = "the reason, for the record")
  public String requeueMatching(
      @Nullable String target,
      @Nullable String reason,
      @Nullable String who,
      @Nullable String why) {
    return api.act(LETTERS + "/requeue", filter(target, reason, who, why).put("dry_run", false));
  }

  @ManagedOperation(description = "Discard all that match; count them first")
  @ManagedOperationParameter(name = "target", description = "odoo or subscriber:<id>; or empty")
  @ManagedOperationParameter(name = "reason", description = "such as rejected; or empty")
  @ManagedOperationParameter(name = "who", description = "your name, for the record")
  @ManagedOperationParameter(name = "why", description = "the reason, for the record")
  public String discardMatching(
      @Nullable String target,
      @Nullable String reason,
      @Nullable String who,
      @Nullable String why) {
    return api.act(LETTERS + "/discard", filter(target, reason, who, why).put("dry_run", false));
  }

  private static ObjectNode filter(
      @Nullable String target,
      @Nullable String reason,
      @Nullable String who,
      @Nullable String why) {
    ObjectNode body = Api.record(who, why);
    int fields = body.size();
    Api.put(body, "target", target);
    Api.put(body, "reason", reason);
    return body.size() == fields ? body.put("all", true) : body;
  }

  private long count(Queue queue) {
    double count = counts.value(queue, "dead");
    return Double.isNaN(count) ? -1 : Math.round(count);
  }
}
