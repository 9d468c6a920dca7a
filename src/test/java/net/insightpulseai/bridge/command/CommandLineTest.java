package net.insightpulseai.bridge.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the arguments of the jar mean. No command here needs a setting or a database. */
class CommandLineTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--server.port=8080",
        "--bridge.outbox.slots=4 --spring.profiles.active=demo",
        "--debug",
        "--spring.config.additional-location=/etc/x.yaml",
        "--bridge.outbox.listen"
      })
  void settingsAloneStartTheBridge(String arguments) {
    assertThat(CommandLine.isCommand(split(arguments))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--help", "-h", "help", "doctor --help", "--server.port=1 --help", "help doctor"})
  void helpPrintsHowTheJarIsCalled(String arguments) {
    assertThat(run(arguments)).isZero();

    assertThat(out())
        .startsWith("Usage: java -jar odoo-supabase-bridge.jar [command]")
        .contains("doctor", "routes-check", "migrate", "sql-print", "ingest-test", "push-test");
    assertThat(errors()).isEmpty();
  }

  @Test
  void theUsageNamesTheCommandsThatCallARunningBridge() {
    assertThat(run("help")).isZero();

    assertThat(out())
        .contains("call a running bridge")
        .containsPattern("events +lists stored events")
        .contains(
            "actions ",
            "trace ",
            "dead-letters ",
            "subscribers ",
            "targets ",
            "replay ",
            "sign ",
            "requeue ",
            "pause ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"events --help", "replay --help", "sign --help", "trace -h"})
  void aCommandThatCallsABridgeHasAHelpOfItsOwn(String arguments) {
    assertThat(run(arguments)).isZero();

    assertThat(out())
        .startsWith("Usage: java -jar odoo-supabase-bridge.jar " + arguments.split(" ")[0])
        .contains("--json");
  }

  @Test
  void whatIsOnlyNearlyACommandIsNamed() {
    assertThat(run("evnts --type a.b")).isEqualTo(2);

    assertThat(errors()).startsWith("Unknown command evnts (did you mean \"events\"?).");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "version", "-V"})
  void theVersionIsOneLine(String arguments) {
    assertThat(run(arguments)).isZero();

    assertThat(out()).matches("odoo-supabase-bridge \\S.*, Java \\S+\\R");
  }

  @ParameterizedTest
  @ValueSource(strings = {"docter", "docter --server.port=1", "--server.port=1 docter"})
  void anUnknownCommandIsNoStart(String arguments) {
    assertThat(run(arguments)).isEqualTo(2);

    assertThat(out()).isEmpty();
    assertThat(errors())
        .startsWith("Unknown command docter (did you mean \"doctor\"?).")
        .contains("Usage: ", "ingest-test", "push-test");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-x", "--halp", "--server.port=1 --verbose"})
  void anUnknownOptionIsNoStart(String arguments) {
    assertThat(run(arguments)).isEqualTo(2);

    assertThat(errors()).startsWith("Unknown option -").contains("Usage: ");
  }

  @Test
  void routesCheckFindsTheShippedRoutesGood() {
    assertThat(run("routes-check --logging.level.root=info")).as(out()).isZero();

    assertThat(out()).isEqualTo("routes: no faults, no warnings" + System.lineSeparator());
  }

  @Test
  void routesCheckListsEverythingThatIsWrongWithAFolder(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("x.camel.yaml"),
        """
        - route:
            id: x
            from:
              uri: timer:x
              steps:
                - proces:
                    ref: readBody
                - to: direct:nowhere
        """);
    Files.writeString(folder.resolve("y.yaml"), "");

    assertThat(run("routes-check " + folder + " --logging.level.root=info")).isOne();

    assertThat(out())
        .contains(
            folder + "/x.camel.yaml:6: unknown step \"proces\" (did you mean \"process\"?)",
            folder + "/x.camel.yaml:8: no route takes from \"direct:nowhere\"",
            folder + ": no route takes from \"direct:dead-letter\"",
            "warning: " + folder + "/y.yaml: is not read",
            "faults, ");
    assertThat(errors()).isEmpty();
  }

  private int run(String arguments) {
    String[] all = split(arguments);
    assertThat(CommandLine.isCommand(all)).isTrue();
    return CommandLine.run(
        new PrintStream(out, true, UTF_8), new PrintStream(errors, true, UTF_8), all);
  }

  private static String[] split(String arguments) {
    return arguments.isEmpty() ? new String[0] : arguments.split(" ");
  }

  private String out() {
    return out.toString(UTF_8);
  }

  private String errors() {
    return errors.toString(UTF_8);
  }
}
