package net.insightpulseai.bridge.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How fast a job walks, and what it waits for. */
class ReplayPaceTest {

  private ReplayFixture replays;

  @BeforeEach
  void create() {
    replays = new ReplayFixture();
  }

  @AfterEach
  void drop() {
    replays.close();
  }

  @Test
  void theRateIsASecondsWorthHoweverOftenAndWhoeverSteps() {
    replays.insertEvents(100, "res.partner.updated");
    replays.subscribe("a");
    long job = replays.start(ReplayFixture.EVERYTHING, null, 5);

    long start = System.nanoTime();
    for (int second = 1; second <= 3; second++) {
      replays.stepUntilNoneIsDue();
      replays.stepUntilNoneIsDue();
      double passed = (System.nanoTime() - start) / 1e9;
      assertThat((long) replays.job(job).get("events"))
          .as("second " + second)
          .isBetween(5L * second, 5L * second + (long) (5 * passed));
      replays.aSecondPasses();
    }
  }

  @Test
  void timeThatPassedWithoutStepsIsNotCaughtUpWith() {
    replays.insertEvents(100, "res.partner.updated");
    replays.subscribe("a");
    long job = replays.start(ReplayFixture.EVERYTHING, null, 5);
    replays.jdbc().update("update bridge.replay set next_at = now() - interval '1 hour'");

    replays.step();

    assertThat(replays.job(job)).containsEntry("events", 5L);
  }

  @Test
  void noMoreIsQueuedThanASubscriberCanTakeSoon() {
    replays.insertEvents(1_300, "res.partner.updated");
    replays.subscribe("slow");
    long job = replays.start(ReplayFixture.EVERYTHING, null, 100);
    for (int second = 0; second < 15; second++) {
      replays.stepUntilNoneIsDue();
      replays.aSecondPasses();
    }
    assertThat(replays.job(job)).containsEntry("events", 1_000L).containsEntry("held_back", true);

    replays
        .jdbc()
        .update(
            "update bridge.event_delivery set status = 'delivered' where id in (select id from bridge.event_delivery order by id limit 250)");
    replays.walkToTheEnd(job);
    assertThat(replays.job(job))
        .containsEntry("events", 1_250L)
        .containsEntry("status", "running")
        .containsEntry("held_back", true);
  }

  @Test
  void aSubscriberThatTakesNothingDoesNotHoldUpOneThatDoes() {
    replays.insertEvents(2_500, "res.partner.updated");
    long dead = replays.subscribe("dead");
    replays.subscribe("healthy");
    replays.setTarget(dead, "paused");
    long job = replays.start(ReplayFixture.EVERYTHING, null, 500);
    for (int second = 0; second < 8; second++) {
      replays.stepUntilNoneIsDue();
      replays
          .jdbc()
          .update(
              "update bridge.event_delivery set status = 'delivered' where target = 'subscriber:2'");
      replays.aSecondPasses();
    }

    assertThat(replays.job(job)).containsEntry("status", "done").containsEntry("events", 2_500L);
  }
}
