package net.insightpulseai.bridge.routecheck;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One file of routes.
 *
 * @param name as it is named to operators
 * @param text its content
 */
public record RouteFile(String name, String text) {

  static final String ENDING = ".camel.yaml";

  private static final List<String> LOOK_ALIKE = List.of(".yaml", ".yml", ".xml");

  /**
   * The files of a folder that Camel would load, in order.
   *
   * @param findings gets what is wrong with the folder itself
   */
  static List<RouteFile> in(Path folder, Findings findings) {
    String name = folder.toString();
    if (!Files.isDirectory(folder)) {
      findings.add(
          Finding.wrong(
              name,
              0,
              "found no such folder in "
                  + Path.of("").toAbsolutePath()
                  + ", expected the routes that come with the bridge"));
      return List.of();
    }
    List<RouteFile> found = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        if (!isBehindLinks(folder.relativize(file))) {
          read(file, found, findings);
        }
      }
    } catch (IOException e) {
      findings.add(Finding.wrong(name, 0, "cannot be read: " + e.getMessage()));
      return List.of();
    }
    if (found.isEmpty()) {
      findings.add(
          Finding.wrong(name, 0, "found no file whose name ends in " + ENDING + ", expected some"));
    }
    return found;
  }

  /**
   * A mounted ConfigMap keeps its files in {@code ..2026_01_31} and such, and links to them from
   * where they are meant to be. Camel leaves them out by the setting routes-exclude-pattern.
   */
  private static boolean isBehindLinks(Path file) {
    for (Path part : file) {
      if (part.toString().matches("[.][.].+")) {
        return true;
      }
    }
    return false;
  }

  private static void read(Path file, List<RouteFile> found, Findings findings) throws IOException {
    String name = file.toString();
    String lower = name.toLowerCase(Locale.ROOT);
    if (name.endsWith(ENDING)) {
      try {
        found.add(new RouteFile(name, Files.readString(file, UTF_8)));
      } catch (CharacterCodingException e) {
        findings.add(Finding.wrong(name, 0, "is not UTF-8"));
      }
    } else if (LOOK_ALIKE.stream().anyMatch(lower::endsWith)) {
      findings.add(
          Finding.warning(
              name,
              0,
              "is not read, because its name does not end in " + ENDING + ": rename or remove it"));
    }
  }
}
