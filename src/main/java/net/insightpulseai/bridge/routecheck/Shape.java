package net.insightpulseai.bridge.routecheck;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What Camel's schema allows at one place, with all its alternatives put together. The schema says
 * in most places that either a text or an object may stand there, and that one of several options
 * chooses a language or a format; a validator could only report that none of forty alternatives
 * fits.
 */
final class Shape {

  private final UnaryOperator<JsonNode> resolve;
  private final Set<String> types = new LinkedHashSet<>();
  private final Map<String, JsonNode> properties = new LinkedHashMap<>();
  private final Set<String> required = new LinkedHashSet<>();
  private final List<Set<String>> exclusive = new ArrayList<>();
  private final List<String> words = new ArrayList<>();
  private @Nullable JsonNode items;
  private boolean single;

  private Shape(UnaryOperator<JsonNode> resolve) {
    this.resolve = resolve;
  }

  /**
   * @param resolve follows a {@code $ref}
   */
  static Shape of(JsonNode schema, UnaryOperator<JsonNode> resolve) {
    Shape shape = new Shape(resolve);
    shape.absorb(schema, true);
    return shape;
  }

  private void absorb(JsonNode schema, boolean demands) {
    if (schema.has("$ref")) {
      absorb(resolve.apply(schema), demands);
    }
    if (schema.path("type").isTextual()) {
      types.add(schema.path("type").asText());
    }
    schema
        .path("properties")
        .fields()
        .forEachRemaining(
            one ->
                properties.merge(
                    one.getKey(), one.getValue(), (old, now) -> old.isEmpty() ? now : old));
    if (demands) {
      schema.path("required").forEach(name -> required.add(name.asText()));
    }
    schema.path("enum").forEach(word -> words.add(word.asText()));
    if (schema.has("items")) {
      items = schema.get("items");
    }
    single |= schema.path("maxProperties").asInt() == 1;
    schema.path("anyOf").forEach(one -> absorb(one, false));
    Set<String> choices = new LinkedHashSet<>();
    for (JsonNode one : schema.path("oneOf")) {
      absorb(one, false);
      if (one.path("required").size() == 1) {
        choices.add(one.path("required").get(0).asText());
      }
    }
    if (choices.size() > 1) {
      exclusive.add(choices);
    }
  }

  boolean takes(String type) {
    return types.contains(type) || (type.equals("object") && !properties.isEmpty());
  }

  boolean takesText() {
    return takes("string") || takes("boolean") || takes("number") || types.isEmpty();
  }

  /** Whether it may hold any key, as {@code parameters} may. */
  boolean isFree() {
    return properties.isEmpty();
  }

  /** Whether it holds exactly one key, as a step does. */
  boolean isSingle() {
    return single;
  }

  /** Whether the languages of expressions are among its keys. */
  boolean isExpression() {
    return properties.containsKey("simple") && properties.containsKey("csimple");
  }

  @Nullable JsonNode property(String name) {
    return properties.get(name);
  }

  Set<String> names() {
    return properties.keySet();
  }

  Set<String> required() {
    return required;
  }

  /** Options of which at most one may be set. */
  List<Set<String>> exclusive() {
    return exclusive;
  }

  /** The words that a text must be one of; empty if it may be any. */
  List<String> words() {
    return words;
  }

  @Nullable JsonNode items() {
    return items;
  }

  /** Whether only {@code true} and {@code false} fit. */
  boolean isFlag() {
    return types.size() == 1 && types.contains("boolean");
  }
}
