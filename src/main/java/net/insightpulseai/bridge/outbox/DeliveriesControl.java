package net.insightpulseai.bridge.outbox;

import org.springframework.jmx.export.annotation.ManagedAttribute;
import org.springframework.jmx.export.annotation.ManagedResource;
import org.springframework.stereotype.Component;

/**
 * The counts of the queue of deliveries, in Hawtio under {@code bridge:type=Deliveries}. Targets
 * are paused and resumed in {@link OutboxControl}.
 */
@Component
@ManagedResource(
    objectName = "bridge:type=Deliveries",
    description = "The queue of events to subscribers; Outbox pauses and resumes one")
public class DeliveriesControl {

  private final QueueCounts counts;

  DeliveriesControl(QueueCounts counts) {
    this.counts = counts;
  }

  @ManagedAttribute(description = "Deliveries that are due and wait for a slot")
  public long getDue() {
    return count("due");
  }

  @ManagedAttribute(description = "Deliveries that wait for their next attempt")
  public long getWaiting() {
    return count("waiting");
  }

  @ManagedAttribute(description = "Deliveries in flight: claimed by an instance")
  public long getInFlight() {
    return count("in_flight");
  }

  @ManagedAttribute(description = "Open dead letters of deliveries")
  public long getDead() {
    return count("dead");
  }

  @ManagedAttribute(description = "For how many seconds the oldest due delivery has been due")
  public long getOldestDueSeconds() {
    return count(QueueCounts.OLDEST);
  }

  private long count(String name) {
    return QueueCounts.shown(counts.value(Queue.EVENT_DELIVERIES, name));
  }
}
