package net.insightpulseai.bridge.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A replay is paused, resumed and cancelled, by people and by what becomes of its subscribers. */
class ReplayChangeTest {

  private ReplayFixture replays;

  @BeforeEach
  void create() {
    replays = new ReplayFixture();
    replays.insertEvents(20, "res.partner.updated");
  }

  @AfterEach
  void drop() {
    replays.close();
  }

  @Test
  void aPausedReplayWalksOnlyAfterItIsResumed() {
    replays.subscribe("a");
    long job = replays.start(ReplayFixture.EVERYTHING, null, 5);
    replays.step();
    replays.change(job, "paused");
    replays.aSecondPasses();
    assertThat(replays.step()).isFalse();

    replays.change(job, "running");
    replays.step();

    assertThat(replays.job(job))
        .containsEntry("events", 10L)
        .containsEntry("changed_by", "bob")
        .containsEntry("changed_why", "so");
    assertThat(replays.said())
        .containsExactly("bridge.replay.started", "bridge.replay.paused", "bridge.replay.resumed");
  }

  @Test
  void cancelTakesBackWhatIsQueuedAndSaysHowMuch() {
    replays.subscribe("a");
    long job = replays.start(ReplayFixture.EVERYTHING, null, 5);
    replays.step();
    setDelivery(1, "delivered");
    setDelivery(2, "sent");

    replays.change(job, "cancelled");

    assertThat(replays.made(job)).containsExactly("1 subscriber:1", "2 subscriber:1");
    assertThat(replays.job(job))
        .containsEntry("status", "cancelled")
        .containsEntry("deliveries", 5L)
        .containsEntry("cancelled", 3L);
    assertThat(replays.step()).isFalse();
  }

  @Test
  void whatWasInFlightWhenItWasCancelledIsNotTriedAgain() {
    replays.subscribe("a");
    long job = replays.start(ReplayFixture.EVERYTHING, null, 5);
    replays.step();
    setDelivery(1, "sent");
    replays.change(job, "cancelled");

    setDelivery(1, "queued");

    assertThat(replays.sweep()).isOne();
    assertThat(replays.made(job)).isEmpty();
    assertThat(replays.job(job)).containsEntry("cancelled", 5L);
  }

  @Test
  void whatAnOperatorRequeuesOfACancelledReplayStays() {
    replays.subscribe("a");
    long job = replays.start(ReplayFixture.EVERYTHING, null, 5);
    replays.step();
    setDelivery(1, "error");
    replays.change(job, "cancelled");
    replays
        .jdbc()
        .update(
            "insert into bridge.dead_letter (queue, row_id, target, ordering_key, reason, attempts, resolution)"
                + " values ('event-deliveries', 1, 'subscriber:1', '', 'gone', 1, 'requeued')");
    setDelivery(1, "queued");

    assertThat(replays.sweep()).isZero();
    assertThat(replays.made(job)).containsExactly("1 subscriber:1");
  }

  @Test
  void anEndedReplayIsNotChanged() {
    replays.subscribe("a");
    long job = replays.start("{\"events\":[1]}", null, 5);
    assertThat(replays.change(job, "running").get(0)).containsEntry("changed", false);
    replays.step();

    for (String status : new String[] {"paused", "running", "cancelled"}) {
      assertThat(replays.change(job, status).get(0))
          .containsEntry("changed", false)
          .containsEntry("status", "done");
    }
    assertThat(replays.change(99, "paused")).isEmpty();
  }

  @Test
  void aReplayWhoseSubscriberIsDeletedEnds() {
    long subscriber = replays.subscribe("a");
    long job = replays.start(ReplayFixture.EVERYTHING, subscriber, 5);
    replays.jdbc().update("delete from bridge.subscriber");

    replays.step();

    assertThat(replays.job(job))
        .containsEntry("status", "cancelled")
        .containsEntry("changed_by", "bridge");
    assertThat(replays.job(job).get("finished_at")).isNotNull();
    assertThat(replays.said()).contains("bridge.replay.cancelled");
  }

  @Test
  void aReplayWhoseSubscriberIsDisabledPausesUntilSomebodyResumesBoth() {
    long subscriber = replays.subscribe("a");
    long job = replays.start(ReplayFixture.EVERYTHING, subscriber, 5);
    replays.setTarget(subscriber, "disabled");
    replays.step();
    assertThat(replays.job(job)).containsEntry("status", "paused").containsEntry("events", 0L);

    replays.setTarget(subscriber, "running");
    replays.change(job, "running");
    replays.aSecondPasses();
    replays.step();

    assertThat(replays.job(job)).containsEntry("status", "running").containsEntry("events", 5L);
  }

  @Test
  void aReplayForAPausedSubscriberQueuesWhatItWillGet() {
    long subscriber = replays.subscribe("a");
    replays.setTarget(subscriber, "paused");
    long job = replays.start(ReplayFixture.EVERYTHING, subscriber, 5);

    replays.step();

    assertThat(replays.made(job)).hasSize(5);
  }

  private void setDelivery(long id, String status) {
    replays.jdbc().update("update bridge.event_delivery set status = ? where id = ?", status, id);
  }
}
