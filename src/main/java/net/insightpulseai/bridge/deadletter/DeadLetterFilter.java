package net.insightpulseai.bridge.deadletter;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.http.BodyFields;
import net.insightpulseai.bridge.outbox.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Selects open dead letters for a bulk act: the filters of the list, from a JSON body.
 *
 * @param parameters of {@code sql/dead_letter/step.sql}; null means no filter
 */
record DeadLetterFilter(Map<String, @Nullable Object> parameters) {

  static final List<String> NAMES =
      List.of(
          "queue", "target", "subscriber", "reason", "fault", "correlation_id", "since", "until");

  private static final List<String> QUEUES =
      List.of(Queue.ODOO_ACTIONS.label(), Queue.EVENT_DELIVERIES.label());
  private static final List<String> FAULTS = List.of("other_side", "bridge");
  private static final int LONGEST = 200;

  static DeadLetterFilter of(BodyFields fields) {
    Map<String, @Nullable Object> parameters = new HashMap<>();
    parameters.put("queue", oneOf(fields, "queue", QUEUES));
    parameters.put("target", fields.text("target", LONGEST));
    parameters.put("subscriber", fields.text("subscriber", LONGEST));
    parameters.put("reason", fields.text("reason", LONGEST));
    parameters.put("fault", oneOf(fields, "fault", FAULTS));
    parameters.put("correlation_id", fields.uuid("correlation_id"));
    parameters.put("since", fields.time("since"));
    parameters.put("until", fields.time("until"));
    return new DeadLetterFilter(parameters);
  }

  boolean isEmpty() {
    return parameters.values().stream().allMatch(value -> value == null);
  }

  private static @Nullable String oneOf(BodyFields fields, String name, List<String> words) {
    String text = fields.text(name, LONGEST);
    if (text != null && !words.contains(text)) {
      throw BodyFields.bad(name, "one of " + String.join(", ", words));
    }
    return text;
  }
}
