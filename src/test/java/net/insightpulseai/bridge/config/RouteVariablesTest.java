package net.insightpulseai.bridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every exchange variable has its name, its setter and its readers in one place. */
class RouteVariablesTest {

  private static final Pattern READ = Pattern.compile("\\bvariable\\.(\\w+)");
  private static final Pattern SET =
      Pattern.compile("- setVariable:\\s+(?:id: \\S+\\s+)?name: (\\w+)");
  private static final Pattern COMPARED =
      Pattern.compile("\\bvariable\\.(\\w+[?.]+[\\w?.]*)\\} [!=]= '");
  private static final Pattern LITERAL = Pattern.compile("Variable\\(\\s*\"(\\w+)\"");

  @Test
  void everyVariableOfARouteIsListed() throws Exception {
    Set<String> used = found(Path.of("routes"), ".camel.yaml", READ);
    used.addAll(found(Path.of("routes"), ".camel.yaml", SET));

    assertThat(used).contains("outcome", "source").isSubsetOf(listed());
  }

  /** Camel searches all its type converters to compare an enum with a text. */
  @Test
  void noRouteComparesAMemberOfAVariableWithAWord() {
    assertThat(found(Path.of("routes"), ".camel.yaml", COMPARED))
        .as("what only follows a rare answer may be compared so")
        .containsExactly("subscriber.format");
  }

  @Test
  void noStepNamesAVariableOfItsOwn() {
    assertThat(found(Path.of("src/main/java"), ".java", LITERAL)).isEmpty();
  }

  private static Set<String> listed() throws IllegalAccessException {
    Set<String> names = new TreeSet<>();
    for (Field field : RouteVariables.class.getFields()) {
      names.add((String) field.get(null));
    }
    return names;
  }

  private static Set<String> found(Path folder, String ending, Pattern pattern) {
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .filter(file -> file.toString().endsWith(ending))
          .forEach(
              file -> pattern.matcher(read(file)).results().forEach(m -> found.add(m.group(1))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
