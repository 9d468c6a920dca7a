package net.insightpulseai.bridge.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import net.insightpulseai.bridge.openapi.Description.Operation;

/**
 * The description as one page. It has no script and loads nothing, so that it needs no network and
 * can be served under the strictest policy.
 *
 * @param html the page
 * @param policy its {@code Content-Security-Policy}, which allows its own style and nothing else
 */
record ApiPage(String html, String policy) {

  /**
   * Writes the page.
   *
   * @param yaml the OpenAPI description
   * @param style a style sheet
   */
  static ApiPage of(String yaml, String style) {
    Description description = Description.of(yaml);
    JsonNode info = description.root().path("info");
    String title = Html.text(info.path("title").asText());
    String page =
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"/><title>%s</title>\n"
                .formatted(title)
            + "<meta name=\"viewport\" content=\"width=device-width\"/>\n<style>"
            + style
            + "</style></head>\n<body>\n"
            + "<h1>"
            + title
            + "</h1>\n"
            + Html.element("p", Html.prose(info.path("summary").asText()))
            + Html.element("p", Html.prose(info.path("description").asText()))
            + "<p>This page as <a href=\"openapi.yaml\">OpenAPI</a>, its types for <a href=\"openapi.d.ts\">TypeScript</a>."
            + " A star marks what is always there.</p>\n"
            + contents(description)
            + operations(description)
            + named(description, "securitySchemes", "access", "Who may call")
            + named(description, "responses", "answer", "Answers that many operations share")
            + named(description, "schemas", "schema", "Schemas")
            + "</body>\n</html>\n";
    return new ApiPage(
        page,
        "default-src 'none'; style-src 'sha256-"
            + sha256(style)
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
  }

  private static String contents(Description description) {
    StringBuilder html = new StringBuilder();
    for (JsonNode tag : description.root().path("tags")) {
      html.append(
          "<li>"
              + Html.link("tag", tag.path("name").asText())
              + " · "
              + Html.prose(tag.path("description").asText())
              + "</li>\n");
    }
    return Html.element("ul", html.toString());
  }

  private static String operations(Description description) {
    OperationHtml writer = new OperationHtml(description);
    StringBuilder html = new StringBuilder();
    for (JsonNode tag : description.root().path("tags")) {
      String name = tag.path("name").asText();
      html.append(heading("tag", name, name));
      for (Operation one : description.operations("paths", name)) {
        html.append(writer.of(one));
      }
      String sent =
          description.operations("webhooks", name).stream()
              .map(writer::of)
              .reduce("", String::concat);
      html.append(sent.isEmpty() ? "" : "<h3>Sent by the bridge</h3>\n" + sent);
    }
    return html.toString();
  }

  private static String named(Description description, String kind, String anchor, String title) {
    OperationHtml writer = new OperationHtml(description);
    StringBuilder html = new StringBuilder("<h2>" + title + "</h2>\n");
    description
        .components(kind)
        .properties()
        .forEach(
            one -> {
              String inner =
                  switch (kind) {
                    case "schemas" -> SchemaHtml.of(one.getValue());
                    case "responses" ->
                        Html.prose(one.getValue().path("description").asText())
                            + writer.contents(one.getValue());
                    default ->
                        Html.code(one.getValue().path("name").asText("Authorization: Bearer"))
                            + " · "
                            + Html.prose(one.getValue().path("description").asText());
                  };
              html.append(heading(anchor, one.getKey(), one.getKey()).replace("h2", "h3"))
                  .append("<div>" + inner + "</div>\n");
            });
    return html.toString();
  }

  private static String heading(String anchor, String id, String text) {
    return "<h2 id=\"%s-%s\">%s</h2>\n".formatted(anchor, id, Html.text(text));
  }

  private static String sha256(String text) {
    try {
      return Base64.getEncoder()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
