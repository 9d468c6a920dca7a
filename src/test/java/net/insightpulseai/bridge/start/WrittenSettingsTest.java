package net.insightpulseai.bridge.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.BridgeApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Keys that nothing reads and values without a unit, as an operator may have written them. */
@ExtendWith(OutputCaptureExtension.class)
class WrittenSettingsTest {

  @Configuration(proxyBeanMethods = false)
  @ConfigurationPropertiesScan(basePackageClasses = BridgeApplication.class)
  @Import(StartChecks.class)
  static class OnlySettings {}

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          outbox.slotz: 5              | bridge.outbox.slotz: unknown setting; did you mean bridge.outbox.slots? (
          outbox.pollInterval: 1s      |
          outbox.poll_interval: 1s     |
          outbx.slots: 5               | bridge.outbx: unknown setting; did you mean bridge.outbox? (
          slots-per-target: 5          | bridge.slots-per-target: unknown setting; did you mean bridge.outbox.slots-per-target? (
          odoo.url: https://x.example  | bridge.odoo.url: unknown setting, expected one of base-url, api-token,
          outbox.slots.odoo: 5         | bridge.outbox.slots.odoo: unknown setting; bridge.outbox.slots has no settings below it (
          outbox: 5                    | bridge.outbox: found a value, expected settings below it:
          demo.folder: x               |
          demo.foldr: x                | bridge.demo.foldr: unknown setting; did you mean bridge.demo.folder? (
          odoo.response-timeout: 75    | bridge.odoo.response-timeout: found '75' without a unit, expected a duration such as 75s (
          odoo.retry-schedule: 2,10s   | bridge.odoo.retry-schedule: found '2,10s' without a unit, expected a duration such as 2s (
          odoo.retry-schedule: [2s, 9] | bridge.odoo.retry-schedule: found '9' without a unit, expected a duration such as 9s (
          outbox.poll-interval: ${X:9} | bridge.outbox.poll-interval: found '9' without a unit, expected a duration such as 9s (
          ingest.max-body: 1           | bridge.ingest.max-body: found '1' without a unit, expected a size such as 1MB (
          realtime.max-payload: 3000   | bridge.realtime.max-payload: found '3000' without a unit, expected a size such as 3000MB (
          shutdown.limit: 28           | bridge.shutdown.limit: found '28' without a unit, expected a duration such as 28s (
          shutdown.limit: PT28S        |
          outbox.slots: many           | bridge.outbox.slots: found 'many', expected a number (
          retention.interval: 0s       | bridge.retention.interval: found '0s', expected a value
          ingest.max-requests: 0       | bridge.ingest.max-requests: found 0, expected a number from 1 to 10000 (
          """)
  void whatIsWrittenBelowBridgeIsReadOrRefused(String setting, String line) throws IOException {
    Path file = write("bridge:\n  " + setting + "\n");

    List<String> lines = lines(file, Map.of());

    if (line == null) {
      assertThat(lines).isEmpty();
    } else {
      assertThat(lines).singleElement().asString().startsWith(line).endsWith("own.yaml:2)");
    }
  }

  @Test
  void aMisspeltFieldOfASubscriberIsNamedWithItsLine() throws IOException {
    Path file =
        write(
            """
            bridge:
              subscribers:
                - name: payroll
                  kind: webhook
                  url: https://payroll.example.com
                  secret: %s
                  event-typs: [res.partner.*, res.users.*]
                  headers: {X-Anything: goes}
                  tls: {caa: "env:BRIDGE_CA"}
            """
                .formatted("whsec_" + "AAAA".repeat(8)));

    assertThat(lines(file, Map.of()))
        .singleElement()
        .asString()
        .contains("2 settings are wrong:\n")
        .contains(
            "bridge.subscribers[0].event-typs: unknown setting; did you mean"
                + " bridge.subscribers[0].event-types? (",
            "own.yaml:7)",
            "bridge.subscribers[0].tls.caa: unknown setting; did you mean",
            "own.yaml:9)");
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() throws IOException {
    Path file =
        write(
            """
            bridge:
              outbox:
                slotz: 5
                slots: many
              odoo.base-url: https://erp.example.com
              admin.password: short
              replay.rate: 0
            """);

    assertThat(lines(file, Map.of(), "EDGE_HMAC_SECRET=", "server.port=70000"))
        .singleElement()
        .asString()
        .startsWith("7 settings are wrong:\n")
        .contains(
            "bridge.outbox.slotz: ",
            "bridge.outbox.slots: found 'many'",
            "bridge.odoo.api-token (ODOO_API_TOKEN) is empty",
            "bridge.admin.password (BRIDGE_ADMIN_PASSWORD): found 5 characters",
            "bridge.replay.rate",
            "bridge.signature.secret (EDGE_HMAC_SECRET): found nothing",
            "server.port: found 70000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bridg.outbox.slots: 5  | bridg is not read; did you mean bridge?
          outbox.slots: 5        | outbox is not read; did you mean bridge.outbox?
          ingest.max-body: 1MB   | ingest is not read; did you mean bridge.ingest?
          fan-out.x: 1           | fan-out is not read; did you mean bridge.fan-out?
          """)
  void aTopLevelKeyThatLooksLikeOursIsWarnedOf(
      String setting, String warning, CapturedOutput output) throws IOException {
    assertThat(lines(write(setting + "\n"), Map.of())).isEmpty();

    assertThat(output).contains("own.yaml:1: ").contains(warning);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          BRIDGE_OUTBOX_SLOTZ       | BRIDGE_OUTBOX_SLOTZ is set, and nothing reads it
          BRIDGE_ADRESS             | BRIDGE_ADRESS is set, and nothing reads it; did you mean BRIDGE_ADDRESS?
          SUPABASE_SERVICE_KEY      | SUPABASE_SERVICE_KEY is set, and nothing reads it; did you mean SUPABASE_SERVICE_ROLE_KEY?
          ODOO_URL                  | ODOO_URL is set, and nothing reads it; did you mean ODOO_BASE_URL?
          SUPABASE_ACCESS_TOKEN     |
          ODOO_BASE_ULR             | ODOO_BASE_ULR is set, and nothing reads it; did you mean ODOO_BASE_URL?
          BRIDGE_OUTBOX_SLOTS       |
          BRIDGE_ADMIN_USER         |
          BRIDGE_SUBSCRIBERS_0_NAME |
          BRIDGE_SUBSCRIBER_CRM     |
          BRIDGE_SERVICE_HOST       |
          BRIDGE_PORT_8787_TCP      |
          HOME_BRIDGE               |
          """)
  void aVariableThatNothingReadsIsOnlyWarnedOf(
      String variable, String warning, CapturedOutput output) throws IOException {
    Path file = write("bridge.subscribers: []\n");

    lines(file, Map.of(variable, "5"));

    if (warning == null) {
      assertThat(output).doesNotContain("nothing reads it");
    } else {
      assertThat(output).contains("The environment variable " + warning);
    }
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("own.yaml"), text);
  }

  private static List<String> lines(Path file, Map<String, Object> variables, String... more) {
    List<String> lines = new ArrayList<>();
    new ApplicationContextRunner()
        .withInitializer(
            context ->
                context
                    .getEnvironment()
                    .getPropertySources()
                    .addAfter(
                        "systemEnvironment",
                        new SystemEnvironmentPropertySource("more variables", variables)))
        .withInitializer(new ConfigDataApplicationContextInitializer())
        .withUserConfiguration(OnlySettings.class)
        .withPropertyValues("EDGE_HMAC_SECRET=test-secret-0123456789")
        .withPropertyValues("spring.config.additional-location=file:" + real(file))
        .withPropertyValues(more)
        .run(
            context -> {
              if (context.getStartupFailure() != null) {
                lines.add(StartFailureReporter.line(context.getStartupFailure()));
              }
            });
    return lines;
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
