package net.insightpulseai.bridge.routecheck;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.CatalogCamelContext;
import org.jspecify.annotations.Nullable;

/** What a component's own description says of the options of its endpoints. */
final class EndpointOptions {

  private static final String DURATION = "\\d+|(\\d+(d|h|m|s|ms))+|P.*";

  private final String scheme;
  private final JsonNode description;
  private final JsonNode options;

  private EndpointOptions(String scheme, JsonNode description) {
    this.scheme = scheme;
    this.description = description;
    this.options = description.path("properties");
  }

  /** Nothing is known of a component without a description. */
  static EndpointOptions of(CamelContext camel, String scheme) {
    try {
      String json = ((CatalogCamelContext) camel).getComponentParameterJsonSchema(scheme);
      return new EndpointOptions(
          scheme, json == null ? MissingNode.getInstance() : new ObjectMapper().readTree(json));
    } catch (IOException e) {
      return new EndpointOptions(scheme, MissingNode.getInstance());
    }
  }

  String scheme() {
    return scheme;
  }

  boolean isEmpty() {
    return options.isEmpty();
  }

  /** Whether it takes options that it does not know. */
  boolean isLenient() {
    return description.at("/component/lenientProperties").asBoolean();
  }

  List<String> names() {
    List<String> names = new ArrayList<>();
    options.fieldNames().forEachRemaining(names::add);
    return names;
  }

  boolean has(String name) {
    return options.has(name);
  }

  /** Whether it is one of a group, such as {@code template.queryTimeout} of sql. */
  boolean isPrefixed(String name) {
    for (JsonNode one : options) {
      String prefix = one.path("prefix").asText();
      if (!prefix.isEmpty() && name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it is a time below a second without a unit, which was hardly meant in milliseconds. */
  boolean lacksUnit(String name, String value) {
    return options.path(name).path("type").asText().equals("duration")
        && value.matches("[1-9]\\d{0,2}");
  }

  /** What an option may be, if this value is not that; null if it may. */
  @Nullable String expected(String name, String value) {
    if (value.isEmpty() || value.contains("{{") || value.startsWith("#")) {
      return null;
    }
    JsonNode option = options.path(name);
    List<String> words = new ArrayList<>();
    option.path("enum").forEach(word -> words.add(word.asText()));
    // Several may be given where Camel splits the text, as with methods of HTTP.
    if (!words.isEmpty() && option.path("type").asText().equals("enum")) {
      return words.stream().anyMatch(value::equalsIgnoreCase)
          ? null
          : "one of " + String.join(", ", words);
    }
    return switch (option.path("type").asText()) {
      case "boolean" -> value.matches("(?i)true|false") ? null : "true or false";
      case "integer" -> value.matches("-?\\d+|" + DURATION) ? null : "a whole number";
      case "number" -> value.matches("-?\\d+([.]\\d+)?") ? null : "a number";
      case "duration" -> value.matches(DURATION) ? null : "a duration such as 5s";
      default -> null;
    };
  }
}
