package net.insightpulseai.bridge.outbox;

import java.util.HashMap;
import java.util.Map;
import net.insightpulseai.bridge.database.SqlFile;

/** The two queues. They share every statement; what differs is said here. */
public enum Queue {
  /** Actions for Odoo; the table is the original contract's. */
  ODOO_ACTIONS(
      "odoo-actions",
      Map.of(
          "table", "public.odoo_action_outbox",
          "noun", "action",
          "done", "applied",
          "done_at", "applied_at",
          "subject", "o.action",
          "causation", "o.causation_id",
          "replay", "null::bigint",
          "audited", "true",
          // What has failed before goes alone, so that it fails for itself and nobody with it.
          "weight",
              "case when o.action = any(string_to_array(:shared, ',')) and o.envelope is null"
                  + " and o.last_error is null and pg_column_size(o.args) <= 16384 then 1 else :most end",
          "payload",
              "json_build_object('id', o.id, 'action', o.action, 'args', o.args, 'envelope', o.envelope,"
                  + " 'causation_id', o.causation_id, 'created_at', o.created_at)")),

  /** Events for subscribers; made by the trigger {@code bridge.fan_out}. */
  EVENT_DELIVERIES(
      "event-deliveries",
      Map.of(
          "table", "bridge.event_delivery",
          "noun", "delivery",
          "done", "delivered",
          "done_at", "delivered_at",
          "subject", "null::text",
          "causation", "null::text",
          "replay", "o.replay_id",
          "audited", "false",
          "weight", ":most",
          "payload",
              "select bridge.event_message(e) from public.audit_event e"
                  + " where e.id = o.event_id and e.created_at = o.event_created_at"));

  private final String label;

  @SuppressWarnings("ImmutableEnumChecker") // from Map.of
  private final Map<String, String> parts;

  Queue(String label, Map<String, String> parts) {
    this.label = label;
    this.parts = parts;
  }

  /** The name in {@code outbox:<name>}, in metrics and in {@code bridge.dead_letter.queue}. */
  public String label() {
    return label;
  }

  /** One of the statements in {@code sql/queue/}, for this queue's table. */
  public String sql(String name) {
    return SqlFile.read("queue/" + name, parts);
  }

  /** The same, carrying nothing: a null in the payload's place. */
  String sqlWithoutPayload(String name) {
    Map<String, String> bare = new HashMap<>(parts);
    bare.put("payload", "null");
    return SqlFile.read("queue/" + name, bare);
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
