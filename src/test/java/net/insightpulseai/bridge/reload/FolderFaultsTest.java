package net.insightpulseai.bridge.reload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import net.insightpulseai.bridge.routecheck.Finding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Files that cannot be read as routes are told like any other fault, and only while they last. */
class FolderFaultsTest extends LiveRoutesTest {

  @AfterEach
  void remove() throws IOException {
    Files.deleteIfExists(file("custom/latin"));
  }

  @Test
  void aNewFileThatIsNoTextIsRefusedAsAtAStart() throws Exception {
    unreadable("custom/latin");

    look();

    assertThat(refused()).contains("custom/latin.camel.yaml: is not UTF-8");
    assertThat(reload().reload("the test")).isEqualTo(ReloadResult.REFUSED);

    Files.delete(file("custom/latin"));
    look();

    assertThat(reload().refused()).isNull();
    assertThat(get("/custom/hello").body()).isEqualTo("one");
  }

  @Test
  void aFileThatBecameUnreadableAndThenWentIsARouteThatWent() throws Exception {
    unreadable("custom/hello");
    look();
    assertThat(refused()).contains("custom/hello.camel.yaml: is not UTF-8");
    assertThat(get("/custom/hello").body()).isEqualTo("one");

    Files.delete(file("custom/hello"));
    look();

    assertThat(reload().refused()).isNull();
    assertThat(get("/custom/hello").statusCode()).isEqualTo(404);
  }

  @Test
  void aFileThatIsTooLargeIsNotRead() throws Exception {
    write("custom/latin", "# " + "x".repeat(1_000_000));

    look();

    assertThat(refused())
        .contains("custom/latin.camel.yaml: has 1000002 bytes; at most 1000000 are read");
  }

  private static void unreadable(String name) throws IOException {
    Files.writeString(file(name), "# Prüfung", ISO_8859_1);
  }

  /** An edit is complete when two looks find the same. */
  private void look() {
    reload().look();
    reload().look();
  }

  private String refused() {
    RefusedEdit edit = reload().refused();
    return edit == null ? "" : edit.findings().stream().map(Finding::toString).toList().toString();
  }
}
