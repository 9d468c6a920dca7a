package net.insightpulseai.bridge.reload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jmx.export.annotation.AnnotationJmxAttributeSource;
import org.springframework.jmx.export.assembler.MetadataMBeanInfoAssembler;

/** An operator returns to a version that ran. */
class RollbackTest extends PinnedRoutes {

  @Autowired private RoutesHealth health;

  @Test
  void theVersionRunsAgainIsShownAndComesWithThePatchForTheFolder(@TempDir Path folder)
      throws Exception {
    long one = edited("one");
    edited("two");

    JsonNode done = json(rollBack(one));

    assertThat(get("/custom/hello").body()).isEqualTo("one");
    assertThat(Files.readString(file("custom/hello"))).isEqualTo(hello("two"));
    assertThat(done.at("/pin/version").asLong()).isEqualTo(one);
    assertThat(done.path("patch").asText()).contains("-                expression: two");
    assertThat(patched(folder, done.path("patch").asText())).isEqualTo(hello("one"));
    assertThat(control.getPinned())
        .startsWith("version " + one + ", pinned by ann: orders were lost, since ");
    assertThat(health.health().getDetails().get("pinned"))
        .isEqualTo("version " + one + ", pinned by ann: orders were lost");
    assertThat(
            text(
                "select resource_id || (payload->>'by') || (payload->>'why') from public.audit_event"
                    + " where event_type = 'bridge.routes.pinned'"))
        .isEqualTo(one + "annorders were lost");
    JsonNode listed = json(get(VERSIONS, "apikey", serviceKey()));
    assertThat(listed.at("/pin/who").asText()).isEqualTo("ann");
    assertThat(listed.at("/running/change").asText()).contains("pinned by ann");
  }

  /** Applies the patch to the folder as it is now, and reads the file. */
  private static String patched(Path copy, String patch) throws Exception {
    Path target = copy.resolve(file("custom/hello"));
    Files.createDirectories(target.getParent());
    Files.copy(file("custom/hello"), target);
    Process git = new ProcessBuilder("git", "apply", "-").directory(copy.toFile()).start();
    git.getOutputStream().write(patch.getBytes(UTF_8));
    git.getOutputStream().close();
    assertThat(git.waitFor()).as(patch).isZero();
    return Files.readString(target);
  }

  @Test
  void aSecondRollbackTakesThePlaceOfTheFirst() throws IOException {
    long one = edited("one");
    long two = edited("two");
    edited("three");
    rollBack(one);
    rollBack(two);

    assertThat(get("/custom/hello").body()).isEqualTo("two");
    assertThat(count("bridge.route_pin")).isOne();
  }

  @Test
  void aVersionThatDoesNotStartLeavesTheOneThatWasPinned(@TempDir Path elsewhere)
      throws IOException {
    long one = edited("one");
    Path sql = Files.writeString(elsewhere.resolve("word.sql"), "select 1");
    write(
        "custom/hello",
        hello("two")
            .replace(
                "        - setBody:",
                "        - to:\n            uri: sql:file:%s\n        - setBody:".formatted(sql)));
    reload().reload("the test");
    long two = recorded();
    edited("three");
    rollBack(one);
    Files.delete(sql);

    HttpResponse<String> answer =
        post(VERSIONS + "/" + two + "/rollback", WHO, "apikey", serviceKey());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
    assertThat(text("select version from bridge.route_pin")).isEqualTo(String.valueOf(one));
    assertThat(get("/custom/hello").body()).isEqualTo("one");
    await().during(Duration.ofSeconds(3)).until(() -> get("/custom/hello").body().equals("one"));
  }

  @Test
  void whatCannotRunIsRefusedAndChangesNothing() throws IOException {
    long one = edited("one");
    edited("two");
    // Written to the database by somebody else, who would like to run it.
    jdbc()
        .update(
            "update bridge.route_file set content = replace(content, 'expression: one', 'expression: evil')");
    HttpResponse<String> forged =
        post(VERSIONS + "/" + one + "/rollback", WHO, "apikey", serviceKey());
    jdbc()
        .update(
            "update bridge.route_file set content = replace(content, 'expression: evil', 'expression: one')");

    assertThat(forged.statusCode()).isEqualTo(409);
    assertThat(messageOf(forged)).contains("not recorded by a bridge with one of the secrets");
    assertThat(control.rollback(one + 100_000, "ann", "x"))
        .isEqualTo(
            "refused: There is no version " + (one + 100_000) + " of the routes, or none any more");
    assertThat(control.rollback(one, "", "x")).startsWith("refused: Missing who");
    assertThat(post(VERSIONS + "/x/rollback", WHO, "apikey", serviceKey()).statusCode())
        .isEqualTo(404);
    assertThat(post(VERSIONS + "/" + one + "/rollback", "{}", "apikey", serviceKey()).statusCode())
        .isEqualTo(400);
    assertThat(get("/custom/hello").body()).isEqualTo("two");
    assertThat(count("bridge.route_pin")).isZero();
  }

  @Test
  void versionsAreComparedInHawtioAndEachArgumentIsExplained() throws Exception {
    long one = edited("one");
    long two = edited("two");
    assertThat(control.versions()).contains(two + "  ").contains(": replaced word");
    assertThat(control.diff(two, 0)).contains("+                expression: two");
    assertThat(control.diff(one, two)).contains("+                expression: one");
    MBeanOperationInfo[] operations =
        new MetadataMBeanInfoAssembler(new AnnotationJmxAttributeSource())
            .getMBeanInfo(control, "routes")
            .getOperations();
    assertThat(Arrays.stream(operations).map(MBeanOperationInfo::getName))
        .contains("versions", "diff", "rollback", "unpin");
    assertThat(Arrays.stream(operations).flatMap(one1 -> Arrays.stream(one1.getSignature())))
        .isNotEmpty()
        .extracting(MBeanParameterInfo::getDescription)
        .allMatch(words -> words.contains(" "));
  }
}
