package net.insightpulseai.bridge.routecheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.BridgeProcess;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The start builds no route for trial. What only building finds, Camel finds a little later, and
 * the operator reads the same line.
 */
class EditsAtStartTest {

  private static TestDatabase database;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    database = TestDatabase.fresh();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  /** The edits that reading alone does not refuse; the others are refused before any connection. */
  static List<Edit> foundByBuilding() throws IOException {
    List<Edit> found =
        Edit.all().stream()
            .filter(edit -> !edit.warns())
            .filter(
                edit ->
                    ShippedRoutes.check(edit.files(), RouteCheck.Depth.WRITTEN).stream()
                        .noneMatch(Finding::refused))
            .toList();
    assertThat(found).hasSizeBetween(1, 5);
    return found;
  }

  @ParameterizedTest
  @MethodSource("foundByBuilding")
  void whatCannotBeBuiltIsRefusedWithTheSameWords(Edit edit) throws IOException {
    for (RouteFile file : edit.files()) {
      Path written = folder.resolve(file.name());
      Files.createDirectories(written.getParent());
      Files.writeString(written, file.text());
    }
    Map<String, String> environment =
        Map.of(
            "EDGE_HMAC_SECRET",
            BridgeTest.SECRET,
            "CAMEL_MAIN_ROUTES_INCLUDE_PATTERN",
            "file:" + folder.resolve("routes") + "/**/*.camel.yaml");

    try (BridgeProcess bridge = new BridgeProcess(database, environment)) {
      assertThat(bridge.endsWithin(Duration.ofMinutes(3))).isTrue();

      assertThat(bridge.output())
          .filteredOn(line -> !line.startsWith("{"))
          .singleElement()
          .asString()
          .startsWith("The bridge does not start. ")
          .contains(edit.says().replaceFirst("^(routes/)", folder + "/$1"));
      assertThat(bridge.output()).noneMatch(line -> line.contains("stack_trace"));
      assertThat(bridge.status()).isEqualTo(1);
      // Else it would be the version that ran last.
      assertThat(
              database
                  .jdbc()
                  .queryForObject("select count(*) from bridge.route_version", Integer.class))
          .isZero();
    }
  }
}
