package net.insightpulseai.bridge.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A JSON Schema for readers: its type in a few words, and its properties as a list. */
final class SchemaHtml {

  private static final Set<String> LIMITS =
      Set.of(
          "format",
          "pattern",
          "minimum",
          "maximum",
          "minLength",
          "maxLength",
          "minItems",
          "maxItems",
          "maxProperties",
          "default");

  private SchemaHtml() {}

  /** What a value of this schema is, with its description and its properties. */
  static String of(JsonNode schema) {
    return type(schema) + limits(schema) + description(schema) + inside(schema);
  }

  /** The type alone; a reference is a link. */
  static String type(JsonNode schema) {
    if (schema.has("$ref")) {
      return Html.link("schema", Description.nameOf(schema));
    }
    if (schema.has("const")) {
      return Html.code(schema.get("const").toString());
    }
    if (schema.has("enum")) {
      return listed(schema.get("enum"), one -> Html.code(one.asText()), ", ");
    }
    for (String choice : List.of("oneOf", "anyOf")) {
      if (schema.path(choice).path(0).has("$ref") || schema.path(choice).path(0).has("type")) {
        return listed(schema.get(choice), SchemaHtml::type, " or ");
      }
    }
    if (schema.has("allOf")) {
      return listed(schema.get("allOf"), SchemaHtml::type, " with ");
    }
    JsonNode type = schema.path("type");
    String words =
        type.isArray()
            ? listed(type, one -> Html.text(one.asText()), " or ")
            : Html.text(type.asText("any JSON"));
    return schema.has("items") ? words + " of " + type(schema.get("items")) : words;
  }

  private static String limits(JsonNode schema) {
    List<String> limits = new ArrayList<>();
    for (Map.Entry<String, JsonNode> one : schema.properties()) {
      if (LIMITS.contains(one.getKey())) {
        limits.add(Html.text(one.getKey()) + " " + Html.code(one.getValue().asText()));
      }
    }
    return limits.isEmpty() ? "" : " <small>" + String.join(", ", limits) + "</small>";
  }

  private static String description(JsonNode schema) {
    String text = schema.path("description").asText();
    return text.isBlank() ? "" : " · " + Html.prose(text);
  }

  /** The properties, here and in the branches that have no name of their own. */
  private static String inside(JsonNode schema) {
    StringBuilder html = new StringBuilder();
    Set<String> required =
        StreamSupport.stream(schema.path("required").spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.toSet());
    StringBuilder properties = new StringBuilder();
    for (Map.Entry<String, JsonNode> one : schema.path("properties").properties()) {
      String name = Html.code(one.getKey()) + (required.contains(one.getKey()) ? "<b>*</b>" : "");
      properties
          .append("<li>")
          .append(name)
          .append(' ')
          .append(of(one.getValue()))
          .append("</li>\n");
    }
    html.append(Html.element("ul", properties.toString()));
    for (String branches : List.of("oneOf", "anyOf", "allOf")) {
      schema.path(branches).forEach(branch -> html.append(inside(branch)));
    }
    if (schema.path("items").isObject()) {
      html.append(inside(schema.get("items")));
    }
    if (schema.path("additionalProperties").isObject()) {
      html.append(
          Html.element("ul", "<li>any name: " + of(schema.get("additionalProperties")) + "</li>"));
    }
    return html.toString();
  }

  private static String listed(JsonNode list, Function<JsonNode, String> form, String between) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(form)
        .collect(Collectors.joining(between));
  }
}
