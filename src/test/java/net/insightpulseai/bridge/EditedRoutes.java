package net.insightpulseai.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** The shipped routes as an operator may have edited them. */
public final class EditedRoutes {

  private EditedRoutes() {}

  /**
   * Copies the routes without one step.
   *
   * @param file the route file's path below {@code routes}, without its ending
   * @param step the id of a {@code to:} before a {@code process:}, both directly below {@code
   *     steps:}
   * @return what {@code camel.main.routes-include-pattern} would hold
   */
  public static String without(String file, String step) {
    try {
      Path edited = make(step);
      copy(Path.of("routes"), edited);
      Path route = edited.resolve(file + ".camel.yaml");
      String text = Files.readString(route);
      int from = text.indexOf("        - to:\n            id: " + step + "\n");
      int to = text.indexOf("        - process:", from);
      assertThat(from).as("the step %s", step).isPositive();
      assertThat(to).as("the step behind it").isGreaterThan(from);
      Files.writeString(route, text.substring(0, from) + text.substring(to));
      return "file:" + edited + "/**/*.camel.yaml";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Copies the routes and adds a file.
   *
   * @param file its path below {@code routes}, without its ending
   * @return what {@code camel.main.routes-include-pattern} would hold
   */
  public static String and(String file, String text) {
    return and(file, file, text);
  }

  /**
   * The same in a folder of this name, in which nothing else is left.
   *
   * @param folder as {@link #folder} has it
   */
  public static String and(String folder, String file, String text) {
    try {
      Path edited = make(folder);
      copy(Path.of("routes"), edited);
      Path added = edited.resolve(file + ".camel.yaml");
      Files.createDirectories(added.getParent());
      Files.writeString(added, text);
      removeOthers(edited, added);
      return "file:" + edited + "/**/*.camel.yaml";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A folder of routes by its name; other tests that run at the same time have others. */
  public static Path folder(String name) {
    return Path.of("target", "edited-routes", System.getProperty("test.jvm", "jvm-1"), name);
  }

  private static Path make(String folder) throws IOException {
    Path edited = folder(folder);
    // Not what it returns: that is absolute if its parent was not there, and messages name the
    // path.
    Files.createDirectories(edited);
    return edited;
  }

  private static void removeOthers(Path edited, Path added) throws IOException {
    try (Stream<Path> files = Files.walk(edited)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.equals(added)
            && Files.notExists(Path.of("routes").resolve(edited.relativize(file)))) {
          Files.delete(file);
        }
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".camel.yaml")).toList()) {
        Path copy = to.resolve(from.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
