package net.insightpulseai.bridge.delivery;

import com.fasterxml.jackson.databind.JsonNode;

/** Turns a subscriber's template into a topic. The function {@code bridge.topic} does the same. */
public final class Topic {

  private Topic() {}

  /**
   * Fills in a template.
   *
   * @param template may hold <code>{company}</code> and <code>{model}</code>
   * @param message an event as it is sent
   */
  public static String of(String template, JsonNode message) {
    JsonNode company = message.path("company_id");
    String name =
        company.isMissingNode() || company.isNull()
            ? "none"
            : company.isTextual() ? company.textValue() : company.toString();
    String type = message.path("event_type").asText();
    int end = type.lastIndexOf('.');
    return template
        .replace("{company}", name)
        .replace("{model}", end < 0 ? type : type.substring(0, end));
  }
}
