package net.insightpulseai.bridge.outbox;

import java.util.Map;
import net.insightpulseai.bridge.database.SqlFile;

/** The two queues. They share every statement; what differs is in {@code sql/queue/parts/}. */
public enum Queue {
  /** Actions for Odoo; the table is the original contract's. */
  ODOO_ACTIONS("odoo-actions"),

  /** Events for subscribers; made by the trigger {@code bridge.fan_out}. */
  EVENT_DELIVERIES("event-deliveries");

  private final String label;

  @SuppressWarnings("ImmutableEnumChecker") // unmodifiable
  private final Map<String, String> parts;

  Queue(String label) {
    this.label = label;
    this.parts = SqlFile.parts("queue/parts/" + label);
  }

  /** The name in {@code outbox:<name>}, in metrics and in {@code bridge.dead_letter.queue}. */
  public String label() {
    return label;
  }

  /** One of the statements in {@code sql/queue/}, for this queue's table. */
  public String sql(String name) {
    return SqlFile.read("queue/" + name, parts);
  }

  /**
   * The queue of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Queue of(String label) {
    for (Queue queue : values()) {
      if (queue.label.equals(label)) {
        return queue;
      }
    }
    throw new IllegalArgumentException(
        "outbox:" + label + " names no queue; expected odoo-actions or event-deliveries");
  }
}
