package net.insightpulseai.bridge.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.StandardEnvironment;

/** What an operator edited, and what an upgrade brings. */
class CompareRoutesTest {

  private static final Path SHIPPED = Path.of("routes");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @TempDir private Path folder;

  @Test
  void theShippedFolderIsAsShipped() throws IOException {
    assertThat(run("routes")).isZero();
    assertThat(text()).startsWith("routes: 0 of your own, 0 different from odoo-supabase-bridge ");
  }

  @Test
  void whatWasEditedAddedOrRemovedIsListedAndYourOwnIsNoDifference() throws IOException {
    copy();
    edit("errors/ops-errors.camel.yaml", "# edited\n");
    Files.delete(folder.resolve("actions/odoo-ping.camel.yaml"));
    edit("api/extra.camel.yaml", "- route: extra\n");
    edit("custom/mine.camel.yaml", "- route: mine\n");

    assertThat(run(folder.toString(), "--patch")).isZero();

    assertThat(text())
        .contains(
            "actions/odoo-ping.camel.yaml: missing\n",
            "api/extra.camel.yaml: added\n",
            "custom/mine.camel.yaml: yours\n",
            "errors/ops-errors.camel.yaml: edited\n",
            "1 of your own, 3 different",
            "\n+# edited\n",
            "\n+- route: extra\n")
        .doesNotContain("mine.camel.yaml\n");
  }

  @Test
  void withTheJarItCameFromTheUpgradeIsToldFromTheEdits() throws IOException {
    copy();
    edit("errors/ops-errors.camel.yaml", "# edited\n");
    edit("errors/http-errors.camel.yaml", "# edited\n");
    Path old = folder.resolve("old.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(old));
        Stream<Path> files = Files.walk(SHIPPED)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".camel.yaml")).toList()) {
        String name = SHIPPED.relativize(file).toString();
        // The release before had another text here, one file more and one file less.
        if (!name.startsWith("api/route-versions")) {
          boolean other = name.contains("http-errors") || name.contains("caller-errors");
          zip.putNextEntry(new ZipEntry("BOOT-INF/classes/shipped-routes/" + name));
          zip.write((Files.readString(file) + (other ? "# old\n" : "")).getBytes(UTF_8));
        }
      }
      zip.putNextEntry(new ZipEntry("BOOT-INF/classes/shipped-routes/api/gone.camel.yaml"));
    }
    Files.delete(folder.resolve("api/route-versions/route-versions.camel.yaml"));
    Files.writeString(
        folder.resolve("errors/caller-errors.camel.yaml"),
        Files.readString(SHIPPED.resolve("errors/caller-errors.camel.yaml")) + "# old\n");
    edit("api/gone.camel.yaml", "");

    assertThat(run(folder.toString(), "--base", old.toString())).isZero();

    assertThat(text().lines().toList())
        .startsWith(
            "api/gone.camel.yaml: removed by the upgrade",
            "api/route-versions/route-versions.camel.yaml: new by the upgrade",
            "errors/caller-errors.camel.yaml: changed by the upgrade",
            "errors/http-errors.camel.yaml: edited, and changed by the upgrade",
            "errors/ops-errors.camel.yaml: edited");
  }

  @Test
  void whatCannotBeComparedIsSaid() throws IOException {
    assertThat(run("a", "b")).isEqualTo(2);
    assertThat(run("--base")).isEqualTo(2);
    assertThat(run(folder.toString())).isOne();
    assertThat(text()).contains("found no file whose name ends in .camel.yaml");
    Path empty = folder.resolve("empty.jar");
    new ZipOutputStream(Files.newOutputStream(empty)).close();
    assertThatThrownBy(() -> run("routes", "--base", empty.toString()))
        .hasMessageContaining("holds no routes");
  }

  private void copy() throws IOException {
    try (Stream<Path> files = Files.walk(SHIPPED)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".camel.yaml")).toList()) {
        Path copy = folder.resolve(SHIPPED.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  private void edit(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, (Files.exists(file) ? Files.readString(file) : "") + text);
  }

  private int run(String... arguments) throws IOException {
    out.reset();
    return new CompareRoutes(new StandardEnvironment())
        .run(List.of(arguments), new PrintStream(out, true, UTF_8));
  }

  private String text() {
    return out.toString(UTF_8);
  }
}
