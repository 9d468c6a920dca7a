package net.insightpulseai.bridge.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Formats a trace, one readable line per step. */
final class Timeline {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

  private Timeline() {}

  static String of(JsonNode trace) {
    return StreamSupport.stream(trace.path("story").spliterator(), false)
        .map(Timeline::line)
        .collect(Collectors.joining("\n"));
  }

  private static String line(JsonNode step) {
    JsonNode row = step.path("row");
    String what =
        switch (step.path("what").asText()) {
          case "event" ->
              "%s %s".formatted(row.path("event_type").asText(), row.path("resource_id").asText());
          case "action" ->
              "%s %s, %s"
                  .formatted(
                      row.path("action").asText(), row.path("args"), answered("Odoo", step, row));
          case "attempt" ->
              "attempt %s: %s".formatted(row.path("attempt").asText(), row.path("class").asText());
          case "delivery" ->
              "to %s, %s"
                  .formatted(
                      row.path("subscriber").asText(row.path("target").asText()),
                      answered("which", step, row));
          default -> row.path("target").asText();
        };
    return "    %s  %-8s %-9s %s"
        .formatted(
            TIME.format(OffsetDateTime.parse(step.path("at").asText())),
            step.path("what").asText(),
            step.path("status").asText(),
            what);
  }

  /** Rows that wait have no answer yet; others may never get one. */
  private static String answered(String who, JsonNode step, JsonNode row) {
    if (row.path("response_status").isIntegralNumber()) {
      return who + " answered " + row.path("response_status");
    }
    boolean open = Set.of("queued", "sent").contains(step.path("status").asText());
    return who + (open ? " has not answered yet" : " gave no answer");
  }
}
