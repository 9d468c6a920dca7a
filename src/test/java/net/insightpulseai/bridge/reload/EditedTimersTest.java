package net.insightpulseai.bridge.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What runs by itself is edited while it runs. */
class EditedTimersTest extends LiveRoutesTest {

  @BeforeEach
  void count() {
    jdbc().execute("create table if not exists ticks (running int, most int, runs int, word text)");
    jdbc().update("delete from ticks");
    jdbc().update("insert into ticks values (0, 0, 0, '')");
  }

  @AfterEach
  void stop() throws IOException {
    Files.deleteIfExists(file("custom/ticks"));
    reload().reload("the test");
    await().atMost(Duration.ofSeconds(30)).until(() -> number("running") == 0);
  }

  @Test
  void aTimerThatIsEditedOverAndOverNeitherRunsTwiceAtOnceNorStops() {
    for (int edit = 1; edit <= 10; edit++) {
      write("custom/ticks", ticks("edit " + edit));
      assertThat(reload().reload("the test")).isEqualTo(ReloadResult.APPLIED);
      int before = number("runs");
      await().atMost(Duration.ofSeconds(60)).until(() -> number("runs") > before);
    }

    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> text("select word from ticks").equals("edit 10"));
    int before = number("runs");
    await().atMost(Duration.ofSeconds(60)).until(() -> number("runs") > before + 2);
    assertThat(number("most")).isOne();
  }

  /** Each run takes longer than the timer's period. */
  private static String ticks(String word) {
    return """
        - route:
            id: ticks
            description: Counts how many of its runs are at once
            group: ops
            routeConfigurationId: ops-errors
            from:
              uri: timer:ticks
              parameters:
                delay: 0
                period: 50
              steps:
                - to:
                    uri: "sql:update ticks set running = running + 1, most = greatest(most, running + 1)"
                - delay:
                    asyncDelayed: "false"
                    expression:
                      constant:
                        expression: 500
                - to:
                    uri: "sql:update ticks set running = running - 1, runs = runs + 1, word = '%s'"
        """
        .formatted(word);
  }

  private int number(String column) {
    return Integer.parseInt(text("select " + column + " from ticks"));
  }
}
