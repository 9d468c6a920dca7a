package net.insightpulseai.bridge.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests and classes that documents name exist. */
class NamedTestsTest {

  private static final Pattern METHOD = Pattern.compile("(\\w+Test)#(\\w+)");
  private static final Pattern TEST = Pattern.compile("`(\\w+Test)`");

  @Test
  void everyTestThatTheReadmeNamesExists() throws IOException {
    Matcher named = METHOD.matcher(Documents.read(Path.of("README.md")));
    int count = 0;
    while (named.find()) {
      count++;
      assertThat(Documents.read(source(named.group(1)))).contains("void " + named.group(2) + "(");
    }
    assertThat(count).isGreaterThan(10);
  }

  @Test
  void everyTestClassThatADocumentNamesExists() throws IOException {
    Set<String> names = new TreeSet<>();
    for (Path document : Documents.all()) {
      TEST.matcher(Documents.read(document)).results().forEach(one -> names.add(one.group(1)));
    }
    assertThat(names).isNotEmpty();
    for (String name : names) {
      assertThat(source(name)).exists();
    }
  }

  private static Path source(String test) throws IOException {
    try (Stream<Path> sources = Files.walk(Path.of("src/test/java"))) {
      List<Path> found = sources.filter(path -> path.endsWith(test + ".java")).toList();
      assertThat(found).as(test).hasSize(1);
      return found.get(0);
    }
  }
}
