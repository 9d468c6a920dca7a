package net.insightpulseai.bridge.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import net.insightpulseai.bridge.EditedRoutes;
import net.insightpulseai.bridge.routecheck.Edit;
import net.insightpulseai.bridge.routecheck.Finding;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Everything that a start refuses, saved while the bridge runs. */
@Tag("slow")
class BrokenEditsTest extends LiveRoutesTest {

  @Test
  void eachIsRefusedWithTheWordsOfTheStartAndTheRunningRoutesGoOn() throws Exception {
    String running = reload().running().hash();
    List<Edit> edits = Edit.all().stream().filter(edit -> !edit.warns()).toList();
    assertThat(edits).hasSizeGreaterThan(50);
    for (Edit edit : edits) {
      boolean there = Files.exists(file(edit.file()));
      write(edit.file(), edit.edited(there ? Files.readString(file(edit.file())) : ""));

      assertThat(reload().reload("the test")).as(edit.what()).isEqualTo(ReloadResult.REFUSED);
      assertThat(reload().refused().findings())
          .as(edit.what())
          .extracting(Finding::toString)
          .anyMatch(
              said -> said.contains(edit.says().replaceAll("\\broutes(?=[/:])", FOLDER + "")));
      assertThat(reload().running().hash()).isEqualTo(running);
      assertThat(get("/custom/hello").body()).isEqualTo("one");

      EditedRoutes.and("live", "custom/hello", hello("one"));
    }
    assertThat(get("/health").statusCode()).isEqualTo(200);
  }
}
