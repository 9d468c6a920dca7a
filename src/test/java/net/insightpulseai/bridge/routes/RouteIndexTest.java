package net.insightpulseai.bridge.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The operators' index of the routes says what the files say. */
class RouteIndexTest {

  private static final Path FOLDER = Path.of("routes");
  private static final Path INDEX = FOLDER.resolve("README.md");

  /** A list item: id, link, group; and the description up to the next item, heading or gap. */
  private static final Pattern ITEM =
      Pattern.compile(
          "(?m)^- \\[`([a-z-]+)`]\\((\\S+)\\) \\(([a-z ]+)\\):\\s((?:.+\\n)+?)(?=- |\\n|\\z)");

  private record Entry(String file, String group, String description) {}

  @Test
  void namesEveryRouteWithItsFileItsGroupAndItsDescription() throws IOException {
    assertThat(indexed()).isEqualTo(routes());
  }

  @Test
  void keepsAHeadingForEveryFolder() throws IOException {
    String text = Files.readString(INDEX);
    try (Stream<Path> folders = Files.walk(FOLDER)) {
      List<Path> holding =
          folders.filter(Files::isDirectory).filter(RouteIndexTest::holdsRoutes).toList();
      assertThat(holding)
          .hasSizeGreaterThan(8)
          .allMatch(folder -> text.contains("\n## " + FOLDER.relativize(folder) + "\n"));
    }
  }

  private static boolean holdsRoutes(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.toString().endsWith(".camel.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Entry> indexed() throws IOException {
    Map<String, Entry> entries = new TreeMap<>();
    Matcher item = ITEM.matcher(Files.readString(INDEX));
    while (item.find()) {
      String description = item.group(4).strip().replaceAll("\\s+", " ");
      Entry entry = new Entry(item.group(2), item.group(3), description);
      assertThat(entries.put(item.group(1), entry)).as("second entry").isNull();
    }
    return entries;
  }

  private static Map<String, Entry> routes() throws IOException {
    Map<String, Entry> entries = new TreeMap<>();
    for (Path file : RouteFiles.all()) {
      for (JsonNode one : RouteFiles.read(file)) {
        JsonNode route = one.elements().next();
        entries.put(
            route.path("id").asText(),
            new Entry(
                FOLDER.relativize(file).toString(),
                one.has("route") ? route.path("group").asText() : "error handler",
                route.path("description").asText()));
      }
    }
    return entries;
  }
}
