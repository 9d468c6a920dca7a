package net.insightpulseai.bridge.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.TreeSet;
import net.insightpulseai.bridge.openapi.Description.Operation;

/** One operation for readers: who may call it, what it takes, and what it answers. */
final class OperationHtml {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Description description;

  OperationHtml(Description description) {
    this.description = description;
  }

  String of(Operation operation) {
    JsonNode node = operation.node();
    StringBuilder html = new StringBuilder();
    html.append("<details id=\"op-%s\">\n<summary>".formatted(operation.id()))
        .append("<b class=\"%s\">%s</b> ".formatted(operation.method(), operation.method()))
        .append(Html.code(operation.path()))
        .append(" <span>" + Html.prose(node.path("summary").asText()) + "</span></summary>\n")
        .append(Html.element("p", Html.prose(node.path("description").asText())))
        .append("<p>Who may call it: " + access(node.path("security")) + ".</p>\n");
    StringBuilder parameters = new StringBuilder();
    node.path("parameters").forEach(one -> parameters.append(parameter(description.follow(one))));
    html.append(section("Parameters", Html.element("ul", parameters.toString())));
    JsonNode body = description.follow(node.path("requestBody"));
    html.append(section("Request", contents(body)));
    StringBuilder answers = new StringBuilder();
    node.path("responses").properties().forEach(one -> answers.append(answer(one)));
    html.append(section("Answers", Html.element("ul", answers.toString())));
    return html.append("</details>\n").toString();
  }

  /** The content of a request or of an answer: a type, its schema and its examples. */
  String contents(JsonNode holder) {
    StringBuilder html = new StringBuilder();
    for (Map.Entry<String, JsonNode> one : holder.path("content").properties()) {
      html.append(
          "<p>"
              + Html.code(one.getKey())
              + " </p><div>"
              + SchemaHtml.of(one.getValue().path("schema"))
              + "</div>\n");
      for (JsonNode reference : one.getValue().path("examples")) {
        JsonNode example = description.follow(reference);
        html.append("<p><i>" + Html.prose(example.path("summary").asText()) + ":</i></p>")
            .append(Html.block(pretty(example.path("value"))));
      }
    }
    return html.toString();
  }

  private String answer(Map.Entry<String, JsonNode> one) {
    String status = Html.code(one.getKey()) + " ";
    String name = Description.nameOf(one.getValue());
    JsonNode answer = description.follow(one.getValue());
    String words = Html.prose(answer.path("description").asText());
    String form = name.isEmpty() ? contents(answer) : "";
    return "<li>"
        + status
        + words
        + (name.isEmpty() ? "" : ": " + Html.link("answer", name))
        + form
        + "</li>\n";
  }

  private static String parameter(JsonNode node) {
    return "<li>%s%s in the %s: %s</li>\n"
        .formatted(
            Html.code(node.path("name").asText()),
            node.path("required").asBoolean() ? "<b>*</b>" : "",
            Html.text(node.path("in").asText()),
            SchemaHtml.of(node.path("schema"))
                + (node.has("description")
                    ? " · " + Html.prose(node.path("description").asText())
                    : ""));
  }

  private static String access(JsonNode security) {
    TreeSet<String> schemes = new TreeSet<>();
    security.forEach(one -> one.fieldNames().forEachRemaining(schemes::add));
    return schemes.isEmpty()
        ? "anyone"
        : schemes.stream()
            .map(one -> Html.link("access", one))
            .reduce((a, b) -> a + " or " + b)
            .orElseThrow();
  }

  private static String section(String title, String inner) {
    return inner.isBlank() ? "" : "<h4>" + title + "</h4>\n" + inner;
  }

  private static String pretty(JsonNode value) {
    try {
      return value.isTextual()
          ? value.textValue()
          : JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an example cannot be written", e);
    }
  }
}
