package net.insightpulseai.bridge.routecheck;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
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

  /** The largest of ours has 6 KB. */
  private static final long MOST_FILE_BYTES = 1_000_000;

  private static final long MOST_BYTES = 10_000_000;

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
    try {
      // The folder may be a link itself.
      Path real = folder.toRealPath();
      long bytes = 0;
      for (Path file : below(real)) {
        Path inside = real.relativize(file);
        if (!isBehindLinks(inside)) {
          bytes += read(file, folder.resolve(inside).toString(), found, findings);
        }
      }
      if (bytes > MOST_BYTES) {
        findings.add(
            Finding.wrong(
                name,
                0,
                "has %d bytes of routes; at most %d are read".formatted(bytes, MOST_BYTES)));
      }
    } catch (IOException | UncheckedIOException e) {
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

  private static List<Path> below(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.sorted().toList();
    }
  }

  /** Returns how many bytes it has. */
  private static long read(Path file, String name, List<RouteFile> found, Findings findings)
      throws IOException {
    String lower = name.toLowerCase(Locale.ROOT);
    if (Files.isDirectory(file)) {
      if (Files.isSymbolicLink(file)) {
        findings.add(
            Finding.warning(
                name, 0, "is a link to a folder, which is not read: put the files here"));
      }
    } else if (!Files.isRegularFile(file)) {
      return 0;
    } else if (name.endsWith(ENDING)) {
      long bytes = Files.size(file);
      if (bytes > MOST_FILE_BYTES) {
        findings.add(
            Finding.wrong(
                name, 0, "has %d bytes; at most %d are read".formatted(bytes, MOST_FILE_BYTES)));
        return bytes;
      }
      try {
        found.add(new RouteFile(name, Files.readString(file, UTF_8)));
      } catch (CharacterCodingException e) {
        findings.add(Finding.wrong(name, 0, "is not UTF-8"));
      }
      return bytes;
    } else if (LOOK_ALIKE.stream().anyMatch(lower::endsWith)) {
      findings.add(
          Finding.warning(
              name,
              0,
              "is not read, because its name does not end in " + ENDING + ": rename or remove it"));
    }
    return 0;
  }
}
