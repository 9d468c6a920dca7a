package net.insightpulseai.bridge.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Turns a subscriber's template into a topic. The function {@code bridge.topic} does the same. */
public final class Topic {

  private Topic() {}

  /** Whether the events of a subscriber with this template go to different topics. */
  public static boolean isPerEvent(String template) {
    return template.contains("{");
  }

  /**
   * Fills in a template.
   *
   * @param template may hold <code>{company}</code> and <code>{model}</code>
   * @param message an event as it is sent
   */
  public static String of(String template, JsonNode message) {
    JsonNode company = message.path("company_id");
    return of(
        template,
        company.isMissingNode() || company.isNull()
            ? null
            : company.isTextual() ? company.textValue() : company.toString(),
        message.path("event_type").asText());
  }

  /**
   * Fills in a template.
   *
   * @param company the id of the event's company
   * @param type the type of the event
   */
  public static String of(String template, @Nullable String company, String type) {
    int end = type.lastIndexOf('.');
    return template
        .replace("{company}", company == null ? "none" : company)
        .replace("{model}", end < 0 ? type : type.substring(0, end));
  }
}
