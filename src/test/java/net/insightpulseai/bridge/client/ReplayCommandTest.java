package net.insightpulseai.bridge.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplayCommandTest extends ClientFixture {

  @BeforeEach
  void storeBeforeAnybodyAsks() {
    events(3);
    jdbc()
        .update(
            "insert into bridge.subscriber (name, kind, created_at) values ('live', 'realtime', '2026-01-01Z')");
  }

  @Test
  void itCountsAsksStartsAndShowsTheProgressUntilAllIsDelivered() {
    assertThat(runAnswering("y\n", "replay", "--record", "a:2", "--why", "a test", "--watch"))
        .as(out() + errors())
        .isZero();

    assertThat(out())
        .contains(
            "1 stored events match, 1 of them are for somebody: 1 deliveries", "live (running): 1")
        .contains("[##############################] 100%  1 of 1")
        .contains("replay 1 is done: 1 delivered, 0 finally failed, 0 cancelled");
    assertThat(errors()).contains("Queue 1 deliveries? [y/N]", "replay 1 is started");
    assertThat(text("select who || why from bridge.replay"))
        .isEqualTo(System.getProperty("user.name") + "a test");
  }

  @Test
  void withoutAYesNothingStarts() {
    assertThat(runAnswering("n\n", "replay", "--since", "2026-01-01", "--why", "x")).isOne();
    assertThat(errors()).contains("nothing is started");
    assertThat(runAnswering("", "replay", "--since", "2026-01-01", "--why", "x")).isEqualTo(2);
    assertThat(errors()).contains("add --yes");
    assertThat(run("replay", "--events", "1,2", "--dry-run")).isZero();
    assertThat(out()).contains("2 stored events match");
    assertThat(text("select count(*) from bridge.replay")).isEqualTo("0");
  }

  @Test
  void withYesAndJsonAProgramCanFollowIt() {
    assertThat(
            run(
                "replay",
                "--events",
                "1,3",
                "--subscriber",
                "live",
                "--who",
                "ann",
                "--why",
                "x",
                "--rate",
                "50",
                "--yes",
                "--watch",
                "--json"))
        .as(errors())
        .isZero();

    assertThat(out().lines()).allMatch(line -> line.startsWith("{"));
    assertThat(out().lines().findFirst().orElse("")).contains("\"dry_run\":true");
    assertThat(out().lines().reduce("", (one, other) -> other))
        .contains("\"status\":\"done\"", "\"delivered\":2", "\"rate\":50", "\"who\":\"ann\"");

    assertThat(run("replay", "1", "--watch")).isZero();
    assertThat(out()).contains("replay 1 is done: 2 delivered");
    assertThat(run("replay", "1")).isZero();
    assertThat(out()).startsWith("{\"id\":1,").hasLineCount(1);
  }

  @Test
  void whatCannotBeReplayedSaysWhy() {
    assertThat(run("replay", "--why", "x")).isEqualTo(2);
    assertThat(errors()).contains("nothing is selected");
    assertThat(run("replay", "--record", "a:2")).isEqualTo(2);
    assertThat(errors()).contains("--why is missing");
    assertThat(run("replay", "--record", "a:9", "--why", "x", "--yes")).isOne();
    assertThat(errors()).contains("nothing would be delivered");
    assertThat(run("replay", "--record", "a:2", "--subscriber", "nobody", "--dry-run")).isOne();
    assertThat(errors()).contains("422: There is no such subscriber");
    assertThat(run("replay", "99")).isOne();
    assertThat(errors()).contains("404");
  }
}
