package net.insightpulseai.bridge.routecheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.insightpulseai.bridge.BridgeApplication;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * The start builds no route for trial. What only building finds, Camel finds a little later, and
 * the operator reads the same line.
 */
@ExtendWith(OutputCaptureExtension.class)
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
  void whatCannotBeBuiltIsRefusedWithTheSameWords(Edit edit, CapturedOutput output)
      throws IOException {
    for (RouteFile file : edit.files()) {
      Path written = folder.resolve(file.name());
      Files.createDirectories(written.getParent());
      Files.writeString(written, file.text());
    }

    assertThatThrownBy(this::start).isNotNull();

    assertThat(output.getErr().lines())
        // Logback's own words, when another bridge in this JVM logs while this one sets it up.
        .filteredOn(line -> !line.contains("|-WARN in Logger["))
        .singleElement()
        .asString()
        .startsWith("The bridge does not start. ")
        .contains(edit.says().replaceFirst("^(routes/)", folder + "/$1"));
    assertThat(output.getOut()).doesNotContain("stack_trace");
  }

  private void start() {
    new SpringApplicationBuilder(BridgeApplication.class)
        .run(
            "--server.port=0",
            "--management.server.port=0",
            // Bridges of other tests may be running in this JVM; MBean names are the JVM's.
            "--spring.jmx.enabled=false",
            "--EDGE_HMAC_SECRET=test-secret-0123456789abcdef",
            "--SUPABASE_DB_URL=" + database.url(),
            "--camel.main.routes-include-pattern=file:"
                + folder.resolve("routes")
                + "/**/*.camel.yaml");
  }
}
