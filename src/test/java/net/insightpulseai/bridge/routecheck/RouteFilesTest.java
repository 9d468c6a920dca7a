package net.insightpulseai.bridge.routecheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.util.AntPathMatcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;

class RouteFilesTest {

  @TempDir Path folder;

  @Test
  void aMissingFolderIsNamedWithWhereItWasLookedFor() {
    assertThat(check(Path.of("rutes")))
        .containsExactly(
            "rutes: found no such folder in "
                + Path.of("").toAbsolutePath()
                + ", expected the routes that come with the bridge");
  }

  @Test
  void anEmptyFolderIsRefused() {
    assertThat(check(folder))
        .containsExactly(folder + ": found no file whose name ends in .camel.yaml, expected some");
  }

  @Test
  void aFileThatIsNotReadIsWarnedOf() throws IOException {
    Files.createDirectories(folder.resolve("custom"));
    for (String name : List.of("x.yaml", "y.camel.yml", "z.CAMEL.YAML", "q.xml")) {
      Files.writeString(folder.resolve("custom").resolve(name), "- route:\n");
    }
    // What editors leave behind, and what is no route.
    for (String name : List.of("x.camel.yaml~", ".x.camel.yaml.swp", "README.md", "x.sql")) {
      Files.writeString(folder.resolve(name), "x");
    }
    Files.writeString(folder.resolve("good.camel.yaml"), "- route:\n");
    Findings findings = new Findings();

    List<RouteFile> files = RouteFile.in(folder, findings);

    assertThat(files).extracting(RouteFile::name).containsExactly(folder + "/good.camel.yaml");
    assertThat(findings.all())
        .hasSize(4)
        .noneMatch(Finding::refused)
        .anyMatch(
            one ->
                one.toString()
                    .equals(
                        folder
                            + "/custom/x.yaml: is not read, because its name does not end in"
                            + " .camel.yaml: rename or remove it"));
  }

  @Test
  void theFilesOfAMountedConfigMapAreThereOnce() throws IOException {
    Path data = Files.createDirectories(folder.resolve("custom/..2026_01_31"));
    Files.writeString(data.resolve("x.camel.yaml"), "- route:\n");
    Files.createSymbolicLink(folder.resolve("custom/..data"), Path.of("..2026_01_31"));
    Files.createSymbolicLink(folder.resolve("custom/x.camel.yaml"), Path.of("..data/x.camel.yaml"));

    assertThat(RouteFolder.read(folder).files())
        .extracting(RouteFile::name)
        .containsExactly(folder + "/custom/x.camel.yaml");
    // Camel reads them by this pattern.
    assertThat(AntPathMatcher.INSTANCE.match("**/..?*/**", "file:" + data + "/x.camel.yaml"))
        .isTrue();
    assertThat(AntPathMatcher.INSTANCE.match("**/..?*/**", "file:" + folder + "/../x.camel.yaml"))
        .isFalse();
  }

  @Test
  void aFileThatIsNotUtf8IsRefused() throws IOException {
    Files.write(folder.resolve("latin.camel.yaml"), new byte[] {'#', (byte) 0xe9});

    assertThat(check(folder)).contains(folder + "/latin.camel.yaml: is not UTF-8");
  }

  @Test
  void theFolderIsTheOneThatCamelLoads() {
    MockEnvironment environment = new MockEnvironment();
    assertThat(RouteFolder.of(environment)).isNull();
    environment.setProperty(
        "camel.main.routes-include-pattern", "file:/etc/bridge/routes/**/*.camel.yaml");
    assertThat(RouteFolder.of(environment)).isEqualTo(Path.of("/etc/bridge/routes"));
    environment.setProperty("camel.main.routes-include-pattern", "classpath:camel/*.yaml");
    assertThat(RouteFolder.of(environment)).isNull();
  }

  private static List<String> check(Path folder) {
    return ShippedRoutes.check(folder).stream().map(Finding::toString).toList();
  }

  @Test
  void everyShippedFileHasANameOfItsOwnBecauseAConfigMapHasNoFolders() {
    assertThat(ShippedRoutes.files())
        .extracting(file -> Path.of(file.name()).getFileName())
        .doesNotHaveDuplicates();
  }
}
