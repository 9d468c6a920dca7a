package net.insightpulseai.bridge.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.comments.CommentType;
import org.yaml.snakeyaml.events.CommentEvent;
import org.yaml.snakeyaml.events.Event;

/** The shipped route files, as trees. */
final class RouteFiles {

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private RouteFiles() {}

  static List<Path> all() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("routes"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  static JsonNode read(Path file) throws IOException {
    return YAML.readTree(file.toFile());
  }

  /** The comments of a file, without their marks. */
  static List<String> comments(Path file) throws IOException {
    LoaderOptions options = new LoaderOptions();
    options.setProcessComments(true);
    List<String> found = new ArrayList<>();
    try (Reader text = Files.newBufferedReader(file)) {
      for (Event event : new Yaml(options).parse(text)) {
        if (event instanceof CommentEvent comment
            && comment.getCommentType() != CommentType.BLANK_LINE) {
          found.add(comment.getValue());
        }
      }
    }
    return found;
  }

  /** Every {@code route} or {@code routeConfiguration} of every file. */
  static List<JsonNode> each(String kind) throws IOException {
    return below("", kind);
  }

  /** Every {@code route} or {@code routeConfiguration} of the files in a folder and below. */
  static List<JsonNode> below(String folder, String kind) throws IOException {
    List<JsonNode> found = new ArrayList<>();
    Path top = Path.of("routes", folder);
    for (Path file : all().stream().filter(one -> one.startsWith(top)).toList()) {
      read(file).forEach(entry -> entry.findValues(kind).forEach(found::add));
    }
    return found;
  }

  /** The text values of a key, at any depth. */
  static List<String> texts(JsonNode tree, String key) {
    List<String> found = new ArrayList<>();
    visit(
        tree,
        (name, value) -> {
          if (name.equals(key) && value.isTextual()) {
            found.add(value.asText());
          }
        });
    return found;
  }

  /** Calls for every member of every object, at any depth. */
  static void visit(JsonNode tree, BiConsumer<String, JsonNode> visitor) {
    tree.fields()
        .forEachRemaining(
            member -> {
              visitor.accept(member.getKey(), member.getValue());
              visit(member.getValue(), visitor);
            });
    if (tree.isArray()) {
      tree.forEach(element -> visit(element, visitor));
    }
  }
}
