package net.insightpulseai.bridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import net.insightpulseai.bridge.BridgeTest;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** An operator's edit that drops the call to Odoo. */
class EditedRouteTest extends BridgeTest {

  @DynamicPropertySource
  static void editedRoutes(DynamicPropertyRegistry registry) {
    registry.add(
        "camel.main.routes-include-pattern", () -> "file:" + withoutTheCall() + "/*.camel.yaml");
  }

  private static Path withoutTheCall() {
    try {
      Path edited = Files.createDirectories(Path.of("target", "edited-routes"));
      try (DirectoryStream<Path> files =
          Files.newDirectoryStream(Path.of("routes"), "*.camel.yaml")) {
        for (Path file : files) {
          Files.copy(file, edited.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
      }
      Path route = edited.resolve("odoo-actions.camel.yaml");
      String text = Files.readString(route);
      int from = text.indexOf("        - to:\n            id: apply");
      int to = text.indexOf("        - process:", from);
      assertThat(from).as("the step that calls Odoo").isPositive();
      assertThat(to).as("the step behind it").isGreaterThan(from);
      Files.writeString(route, text.substring(0, from) + text.substring(to));
      return edited;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aRouteThatSkipsTheCallAppliesNothingAndPausesItsTarget() {
    for (int i = 0; i < 12; i++) {
      jdbc().update("insert into public.odoo_action_outbox (action, args) values ('x.y', '{}')");
    }
    await()
        .until(
            () ->
                "paused"
                    .equals(
                        jdbc()
                            .queryForObject(
                                "select state from bridge.target where name = 'odoo'",
                                String.class)));
    assertThat(
            jdbc()
                .queryForObject(
                    "select reason from bridge.target where name = 'odoo'", String.class))
        .startsWith("route sets no outcome");
    await()
        .until(
            () ->
                jdbc()
                        .queryForObject(
                            "select count(*) from public.odoo_action_outbox where status = 'sent'",
                            Integer.class)
                    == 0);
    assertThat(
            jdbc()
                .queryForObject(
                    "select count(*) from public.odoo_action_outbox where status = 'queued'",
                    Integer.class))
        .isEqualTo(12);
    assertThat(odoo().calls("x.y")).isEmpty();
  }
}
