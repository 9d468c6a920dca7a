package net.insightpulseai.bridge.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import net.insightpulseai.bridge.BridgeApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bridge as a process of its own, as {@code java -jar} runs it. */
class RefusedStartTest {

  @TempDir Path folder;

  @Test
  void withoutADatabaseTheBridgeRefusesToStart() throws Exception {
    Ended ended = start(Map.of("EDGE_HMAC_SECRET", "hidden-0123456789"));

    assertThat(ended.status).isEqualTo(1);
    assertThat(ended.errors)
        .singleElement()
        .asString()
        .startsWith(
            "The bridge does not start. bridge.database.url (SUPABASE_DB_URL): found nothing");
    assertThat(ended.output)
        .noneMatch(line -> line.contains("hidden") || line.contains("\"level\":\"ERROR\""));
  }

  @Test
  void aWrongSettingEndsTheStartWithOneLineAndNoStackTrace() throws Exception {
    Ended ended =
        start(
            Map.of(
                "EDGE_HMAC_SECRET",
                "hidden-0123456789",
                "BRIDGE_OUTBOX_SLOTS",
                "many",
                "SUPABASE_DB_URL",
                "mysql://u:hidden@x/y"));

    assertThat(ended.status).isEqualTo(1);
    assertThat(ended.errors)
        .singleElement()
        .asString()
        .startsWith("The bridge does not start. ")
        .contains(": found ", ", expected ");
    assertThat(ended.output)
        .noneMatch(line -> line.contains("hidden") || line.contains("stack_trace"));
  }

  private Ended start(Map<String, String> environment) throws Exception {
    Path output = folder.resolve("out");
    Path errors = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            BridgeApplication.class.getName());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process =
        builder.redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
      return new Ended(process.exitValue(), lines(output), lines(errors));
    } finally {
      process.destroyForcibly();
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Ended(int status, List<String> output, List<String> errors) {}
}
