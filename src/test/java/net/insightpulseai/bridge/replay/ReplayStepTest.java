package net.insightpulseai.bridge.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A job walks its events a step at a time, whoever steps it. */
class ReplayStepTest {

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
  void aStepThatDiesLeavesNothingBehindAndTheNextOneRepeatsIt() throws Exception {
    replays.insertEvents(30, "res.partner.updated");
    replays.subscribe("a");
    replays.subscribe("b");
    long job = replays.start(ReplayFixture.EVERYTHING, null, 10);
    replays.step();
    replays.aSecondPasses();

    try (var dying = replays.dataSource().getConnection()) {
      dying.setAutoCommit(false);
      ReplayFixture.step(
          new NamedParameterJdbcTemplate(new SingleConnectionDataSource(dying, true)));
      dying.rollback();
    }
    assertThat(replays.job(job)).containsEntry("events", 10L).containsEntry("deliveries", 20L);

    replays.walkToTheEnd(job);
    assertThat(replays.made(job)).hasSize(60).doesNotHaveDuplicates();
    assertThat(replays.job(job)).containsEntry("events", 30L).containsEntry("deliveries", 60L);
  }

  @Test
  void replicasThatStepAtTheSameTimeDeliverEachEventOnce() throws Exception {
    replays.insertEvents(3_000, "res.partner.updated");
    replays.subscribe("a");
    replays.subscribe("b");
    long job = replays.start(ReplayFixture.EVERYTHING, null, 200);
    ExecutorService replicas = Executors.newFixedThreadPool(4);
    List<Future<Integer>> walks = new ArrayList<>();
    for (int replica = 0; replica < 4; replica++) {
      walks.add(
          replicas.submit(
              () -> {
                int steps = 0;
                while ("running".equals(replays.job(job).get("status"))) {
                  replays
                      .jdbc()
                      .update("update bridge.replay set next_at = next_at - interval '300 ms'");
                  replays
                      .jdbc()
                      .update(
                          "update bridge.event_delivery set status = 'delivered' where status = 'queued'");
                  replays.step();
                  steps++;
                }
                return steps;
              }));
    }
    for (Future<Integer> walk : walks) {
      assertThat(walk.get(120, TimeUnit.SECONDS)).isPositive();
    }
    replicas.shutdown();

    assertThat(replays.made(job)).hasSize(6_000).doesNotHaveDuplicates();
    assertThat(replays.job(job))
        .containsEntry("status", "done")
        .containsEntry("events", 3_000L)
        .containsEntry("deliveries", 6_000L);
    assertThat(replays.said()).containsExactly("bridge.replay.started", "bridge.replay.finished");
  }

  @Test
  void aJobThatOneReplicaStepsIsLeftToIt() throws Exception {
    replays.insertEvents(30, "res.partner.updated");
    replays.subscribe("a");
    long job = replays.start(ReplayFixture.EVERYTHING, null, 10);
    try (var first = replays.dataSource().getConnection()) {
      first.setAutoCommit(false);
      assertThat(
              ReplayFixture.step(
                  new NamedParameterJdbcTemplate(new SingleConnectionDataSource(first, true))))
          .isTrue();
      assertThat(replays.step()).as("the second finds no job").isFalse();
      first.commit();
    }
    assertThat(replays.job(job)).containsEntry("events", 10L);
  }

  @Test
  void aFilterThatTakesNextToNothingLooksAtABoundedNumberOfEventsAStep() {
    replays.insertEvents(1, "x.first");
    replays.insertEvents(12_000, "res.partner.updated");
    replays.insertEvents(1, "x.last");
    replays.subscribe("a");
    long job =
        replays.start(
            "{\"since\":\"2000-01-01T00:00:00Z\",\"until\":\"2100-01-01T00:00:00Z\",\"event_types\":[\"x.*\"]}",
            null,
            2);
    assertThat(replays.step()).isTrue();
    assertThat(replays.job(job)).containsEntry("cursor", 1_000L).containsEntry("events", 1L);

    replays.stepUntilNoneIsDue();
    assertThat(replays.made(job)).containsExactly("1 subscriber:1", "12002 subscriber:1");
    assertThat(replays.job(job)).containsEntry("status", "done");
  }

  @Test
  void eventsThatComeLaterAreNotPartOfIt() {
    replays.insertEvents(3, "res.partner.updated");
    replays.subscribe("a");
    long job = replays.start(ReplayFixture.EVERYTHING, null, 2);
    replays.insertEvents(5, "res.partner.updated");

    replays.walkToTheEnd(job);

    assertThat(replays.made(job)).hasSize(3);
  }

  @Test
  void eventsThatAreDeletedMeanwhileAreMissingFromItsCountAndNotItsEnd() {
    replays.insertEvents(5, "res.partner.updated");
    replays.subscribe("a");
    long job = replays.start("{\"events\":[1,2,3,4,5]}", null, 1);
    replays.step();
    replays.jdbc().update("delete from public.audit_event where id in (2, 3, 5)");

    replays.walkToTheEnd(job);

    assertThat(replays.made(job)).containsExactly("1 subscriber:1", "4 subscriber:1");
    assertThat(replays.job(job))
        .containsEntry("status", "done")
        .containsEntry("total", 5L)
        .containsEntry("events", 2L)
        .containsEntry("deliveries", 2L);
  }

  @Test
  void deliveriesHaveTheEventsOwnKeyAndLane() {
    replays.insertEvents(1, "res.partner.updated");
    replays.subscribe("a");
    long job = replays.start(ReplayFixture.EVERYTHING, null, 2);
    replays.step();

    assertThat(
            replays
                .jdbc()
                .queryForMap(
                    "select d.idempotency_key, d.ordering_key, d.correlation_id = e.correlation_id as same, d.replay_id"
                        + " from bridge.event_delivery d join public.audit_event e on e.id = d.event_id"))
        .containsEntry("idempotency_key", "evt_1")
        .containsEntry("ordering_key", "res.partner:1")
        .containsEntry("same", true)
        .containsEntry("replay_id", job);
  }

  @Test
  void aJobWhoseStepFailsDoesNotHoldUpTheOthers() {
    replays.insertEvents(5, "res.partner.updated");
    replays.subscribe("a");
    replays
        .jdbc()
        .update(
            "insert into bridge.replay (filter, subscribers, rate, cursor, until_id, total, who, why)"
                + " values ('{\"since\": \"whenever\"}', '{1}', 10, 0, 5, 5, 'ada', 'a test')");
    long job = replays.start(ReplayFixture.EVERYTHING, null, 100);

    int failures = 0;
    for (int tick = 0; tick < 200 && !"done".equals(replays.job(job).get("status")); tick++) {
      try {
        replays.step();
      } catch (DataAccessException e) {
        failures++;
      }
    }

    assertThat(failures).isLessThan(200);
    assertThat(replays.job(job)).containsEntry("status", "done");
  }
}
