package net.insightpulseai.bridge.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
  void eachWrongSettingIsOneLineAndThereIsNoStackTrace() throws Exception {
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
    assertThat(ended.errors).hasSize(3);
    assertThat(ended.errors.get(0)).isEqualTo("The bridge does not start. 2 settings are wrong:");
    assertThat(ended.errors.get(1)).contains(": found 'many', expected a number");
    assertThat(ended.errors.get(2)).contains("bridge.database.url").doesNotContain("hidden");
    assertThat(ended.output)
        .noneMatch(line -> line.contains("hidden") || line.contains("stack_trace"));
  }

  @Test
  void withoutApplicationYamlNoSecretThatIsSetIsBlamed() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));

    Ended ended =
        start(
            elsewhere,
            Map.of("EDGE_HMAC_SECRET", "hidden-0123456789", "SUPABASE_DB_URL", "postgresql://x/y"));

    assertThat(ended.status).isEqualTo(1);
    assertThat(ended.errors)
        .singleElement()
        .asString()
        .startsWith(
            "The bridge does not start. application.yaml: found none in " + elsewhere.toRealPath());
  }

  @Test
  void settingsThatAreWrongAreReportedTogetherAndRoutesAfterThem() throws Exception {
    Ended ended = start(Map.of("BRIDGE_OUTBOX_SLOTS", "many", "BRIDGE_OUTBOX_WAIT", "75"));

    assertThat(ended.errors)
        .startsWith("The bridge does not start. 4 settings are wrong:")
        .anyMatch(line -> line.contains("bridge.outbox.slots: found 'many'"))
        .anyMatch(line -> line.contains("bridge.outbox.wait: found '75' without a unit"))
        .anyMatch(
            line -> line.contains("bridge.signature.secret (EDGE_HMAC_SECRET): found nothing"))
        .anyMatch(line -> line.contains("bridge.database.url (SUPABASE_DB_URL): found nothing"));
  }

  @Test
  void routesThatCannotRunRefuseTheStartWithALineForEach() throws Exception {
    Path broken = Files.createDirectory(folder.resolve("broken"));
    Files.writeString(
        broken.resolve("x.camel.yaml"),
        "- route:\n    from:\n      uri: timer:x\n      steps:\n        - proces: {ref: x}\n");

    Ended ended =
        start(
            Path.of(""),
            Map.of("EDGE_HMAC_SECRET", "hidden-0123456789", "SUPABASE_DB_URL", "postgresql://x/y"),
            "--camel.main.routes-include-pattern=file:" + broken + "/**/*.camel.yaml");

    assertThat(ended.status).isEqualTo(1);
    assertThat(ended.errors.get(0))
        .matches("The bridge does not start[.] \\d+ faults in the routes:");
    assertThat(ended.errors)
        .contains(
            "  " + broken + "/x.camel.yaml:5: unknown step \"proces\" (did you mean \"process\"?)")
        .noneMatch(line -> line.contains("\tat "));
    assertThat(ended.output).noneMatch(line -> line.contains("stack_trace"));
  }

  private Ended start(Map<String, String> environment) throws Exception {
    return start(Path.of(""), environment);
  }

  private Ended start(Path where, Map<String, String> environment, String... arguments)
      throws Exception {
    Path output = folder.resolve("out");
    Path errors = folder.resolve("err");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                BridgeApplication.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(where.toAbsolutePath().toFile());
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
