package net.insightpulseai.bridge.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.StringJoiner;

/** An event or a dead letter as one line. */
final class TailLine {

  private static final List<String> CONTENTS = List.of("payload", "meta", "response_body");

  /** What the bridge says in its own events; no contents of records are among it. */
  private static final List<String> OWN =
      List.of("action", "reason", "kind", "name", "found", "by", "why");

  private final ShownTime times;
  private final boolean contents;

  TailLine(ShownTime times, boolean contents) {
    this.times = times;
    this.contents = contents;
  }

  String text(JsonNode row) {
    StringJoiner line = new StringJoiner("  ");
    line.add(times.of(row.path("created_at").asText()));
    if (row.has("queue")) {
      line.add("dead letter " + row.path("id").asText());
      add(line, row, "action", "event_type", "subscriber", "target", "reason", "error");
    } else {
      add(line, row, "event_type", "resource_id");
      if (row.path("source").asText().equals("bridge")) {
        add(line, row.path("payload"), OWN.toArray(String[]::new));
      }
    }
    add(line, row, "correlation_id");
    return line.toString();
  }

  private static void add(StringJoiner line, JsonNode row, String... fields) {
    for (String field : fields) {
      JsonNode value = row.path(field);
      if (value.isValueNode() && !value.isNull() && !value.asText().isEmpty()) {
        line.add(Cell.printable(value.asText()));
      }
    }
  }

  String json(JsonNode row) {
    if (!contents) {
      ((ObjectNode) row).remove(CONTENTS);
    }
    return row.toString();
  }
}
