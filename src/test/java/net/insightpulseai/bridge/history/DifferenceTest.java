package net.insightpulseai.bridge.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

/** Patches must do what they say, so {@code git apply} reads them. */
class DifferenceTest {

  @Test
  void itIsAPatchAsPeopleKnowThem() {
    String patch =
        Difference.between(
            "routes",
            new TreeMap<>(Map.of("a.camel.yaml", "one\ntwo\nthree\n", "gone.camel.yaml", "x\n")),
            new TreeMap<>(Map.of("a.camel.yaml", "one\n2\nthree", "new.camel.yaml", "y\n")));
    assertThat(patch)
        .isEqualTo(
            """
            --- a/routes/a.camel.yaml
            +++ b/routes/a.camel.yaml
            @@ -1,3 +1,3 @@
             one
            -two
            -three
            +2
            +three
            \\ No newline at end of file
            --- a/routes/gone.camel.yaml
            +++ /dev/null
            @@ -1,1 +0,0 @@
            -x
            --- /dev/null
            +++ b/routes/new.camel.yaml
            @@ -0,0 +1,1 @@
            +y
            """);
    assertThat(Difference.between("routes", new TreeMap<>(), new TreeMap<>())).isEmpty();
  }

  @Property(tries = 40)
  void gitMakesTheOneVersionOfTheOther(
      @ForAll("versions") SortedMap<String, String> before,
      @ForAll("versions") SortedMap<String, String> after)
      throws Exception {
    Path folder = Files.createTempDirectory("difference");
    try {
      write(folder.resolve("routes"), before);
      String patch = Difference.between("routes", before, after);
      if (!patch.isEmpty()) {
        Path file = Files.writeString(folder.resolve("p.patch"), patch);
        Process git =
            new ProcessBuilder("git", "apply", "--unidiff-zero", file.getFileName().toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(git.getInputStream().readAllBytes(), UTF_8);
        assertThat(git.waitFor()).as(said + patch).isZero();
      }
      for (String name : new String[] {"a", "b", "c/d"}) {
        Path file = folder.resolve("routes").resolve(name);
        assertThat(Files.exists(file) ? Files.readString(file) : null).isEqualTo(after.get(name));
      }
    } finally {
      FileSystemUtils.deleteRecursively(folder);
    }
  }

  private static void write(Path folder, SortedMap<String, String> files) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, String> one : files.entrySet()) {
      Path file = folder.resolve(one.getKey());
      Files.createDirectories(file.getParent());
      Files.writeString(file, one.getValue());
    }
  }

  @Provide
  Arbitrary<SortedMap<String, String>> versions() {
    Arbitrary<String> text = Arbitraries.strings().withChars("ab\n").ofMinLength(1).ofMaxLength(30);
    return Arbitraries.maps(Arbitraries.of("a", "b", "c/d"), text).map(TreeMap::new);
  }
}
