package net.insightpulseai.bridge.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import net.insightpulseai.bridge.routecheck.RouteFolder;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** An operator saves a file of a running bridge, in one of the ways there are. */
class RouteWatchTest extends LiveRoutesTest {

  @Autowired private CamelContext camel;

  @Test
  void anEditInPlaceIsNoticedByItself() {
    write("custom/hello", hello("two"));

    awaitAnswer("two");
    assertThat(reload().running().change()).isEqualTo("replaced word");
  }

  @Test
  void aFileThatAnEditorSwapsInIsNoticedByItself() throws Exception {
    Path next = Files.writeString(FOLDER.resolve("custom/hello.camel.yaml~"), hello("two"));
    Files.move(next, file("custom/hello"), StandardCopyOption.ATOMIC_MOVE);

    awaitAnswer("two");
  }

  @Test
  void aMountedConfigMapThatIsSwappedIsNoticedByItself() throws Exception {
    Path mounted = Files.createDirectories(FOLDER.resolve("mounted"));
    String other =
        hello("four").replace("/custom/hello", "/custom/mounted").replace("word", "term");
    for (String version : List.of("..1", "..2")) {
      Files.createDirectories(mounted.resolve(version));
      Files.writeString(
          mounted.resolve(version).resolve("x.camel.yaml"),
          other.replace("id: hello", "id: mounted").replace("four", "four" + version));
    }
    link(mounted, "..1");
    Files.createSymbolicLink(mounted.resolve("x.camel.yaml"), Path.of("..data", "x.camel.yaml"));
    awaitAnswer("/custom/mounted", "four..1");

    link(mounted, "..2");
    awaitAnswer("/custom/mounted", "four..2");
  }

  private static void link(Path mounted, String version) throws IOException {
    Path next = mounted.resolve("..data_tmp");
    Files.deleteIfExists(next);
    Files.createSymbolicLink(next, Path.of(version));
    Files.move(next, mounted.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void aRouteOfADeletedFileIsGoneAndOneOfANewFileIsThere() throws Exception {
    Files.delete(file("custom/hello"));
    await().atMost(Duration.ofSeconds(30)).until(() -> get("/custom/hello").statusCode() == 404);
    assertThat(camel.getRoute("hello")).isNull();

    write("custom/other", hello("three").replace("id: hello", "id: hi"));
    awaitAnswer("three");
    assertThat(camel.getRoute("hi")).isNotNull();
  }

  @Test
  void whatIsWrittenByAndByIsAppliedWhenItIsComplete() throws Exception {
    RouteFolder.Content complete = RouteFolder.read(FOLDER);
    String text = hello("two");
    write("custom/hello", text.substring(0, text.length() / 2));
    reload().look();
    write("custom/hello", text);
    reload().look();
    reload().look();

    assertThat(reload().refused()).isNull();
    assertThat(get("/custom/hello").body()).isEqualTo("two");
    assertThat(RouteFolder.read(FOLDER)).isNotEqualTo(complete);
  }

  private void awaitAnswer(String word) {
    awaitAnswer("/custom/hello", word);
  }

  private void awaitAnswer(String path, String word) {
    await().atMost(Duration.ofSeconds(30)).until(() -> get(path).body().equals(word));
  }
}
