package net.insightpulseai.bridge.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * docs/architecture.md explains the exchange variables that routes and steps use, and no others.
 */
class ExchangeVariablesTest {

  private static final Pattern IN_ROUTES =
      Pattern.compile("\\$\\{variable\\.(\\w+)|setVariable:\\s+id: \\S+\\s+name: (\\w+)");
  private static final Pattern IN_CODE =
      Pattern.compile("[gs]etVariable\\(\\s*(?:\"(\\w+)\"|([\\w.]+))");

  @Test
  void theTableHasEveryVariable() throws IOException {
    Set<String> used = new TreeSet<>();
    for (Path file : files("routes", ".yaml")) {
      IN_ROUTES
          .matcher(Documents.read(file))
          .results()
          .forEach(one -> used.add(one.group(1) != null ? one.group(1) : one.group(2)));
    }
    for (Path file : files("src/main/java", ".java")) {
      String source = Documents.read(file);
      for (var call : IN_CODE.matcher(source).results().toList()) {
        used.add(call.group(1) != null ? call.group(1) : constant(file, call.group(2)));
      }
    }
    Set<String> explained = Documents.firstColumn("docs/architecture.md", "## Exchange variables");
    assertThat(explained).isEqualTo(used).hasSizeGreaterThan(10);
  }

  /** The value of a constant that is named as {@code NAME} or {@code Type.NAME}. */
  private static String constant(Path user, String name) throws IOException {
    int dot = name.lastIndexOf('.');
    Path owner = user;
    if (dot >= 0) {
      String type = name.substring(0, dot) + ".java";
      owner =
          files("src/main/java", ".java").stream()
              .filter(file -> file.endsWith(type))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no source for " + name));
    }
    var value =
        Pattern.compile("String " + name.substring(dot + 1) + " = \"(\\w+)\"")
            .matcher(Documents.read(owner));
    assertThat(value.find()).as("the constant " + name + ", used in " + user).isTrue();
    return value.group(1);
  }

  private static Set<Path> files(String folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(folder))) {
      return new TreeSet<>(files.filter(file -> file.toString().endsWith(ending)).toList());
    }
  }
}
