package net.insightpulseai.bridge.routecheck;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** One edit of the shipped routes, from {@code edits.yaml}. */
public record Edit(
    String what, String file, JsonNode replace, String with, boolean warns, String says) {

  public static List<Edit> all() throws IOException {
    try (InputStream text = Edit.class.getResourceAsStream("/routecheck/edits.yaml")) {
      List<Edit> edits = new ArrayList<>();
      for (JsonNode one : new ObjectMapper(new YAMLFactory()).readTree(text)) {
        edits.add(
            new Edit(
                one.path("what").asText(),
                one.path("file").asText(),
                one.path("replace"),
                one.path("with").asText(),
                one.path("warns").asBoolean(),
                one.path("says").asText()));
      }
      return edits;
    }
  }

  /** All shipped files, with this edit. */
  List<RouteFile> files() {
    return ShippedRoutes.with(file, this::edited);
  }

  /** What the edit makes of the file's text. */
  public String edited(String text) {
    if (replace.isMissingNode()) {
      return with;
    }
    assertThat(text).as("%s, before the edit", file).contains(replace.asText());
    int at = text.indexOf(replace.asText());
    return text.substring(0, at) + with + text.substring(at + replace.asText().length());
  }

  @Override
  public String toString() {
    return what;
  }
}
