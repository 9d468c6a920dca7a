package net.insightpulseai.bridge.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An incident is opened once and closed once, and only if its condition lasts. */
class RecordIncidentsTest {

  private static final String DEAD = "dead_letters subscriber:1";

  private TestDatabase database;
  private JdbcTemplate jdbc;
  private IncidentRows rows;

  @BeforeEach
  void open() {
    database = TestDatabase.fresh();
    jdbc = database.jdbc();
    rows = new IncidentRows(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aConditionThatLastsIsOpenedOnceAndClosedOnceItIsGoneForLong() {
    rows.look("a", DEAD);
    rows.pass(59);
    rows.look("a", DEAD);
    assertThat(rows.events()).isEmpty();

    rows.pass(1);
    rows.look("a", DEAD);
    rows.look("a", DEAD);
    assertThat(rows.events()).containsExactly("opened dead_letters");

    rows.look("a");
    rows.pass(119);
    rows.look("a");
    assertThat(rows.events()).hasSize(1);
    rows.pass(1);
    rows.look("a");
    rows.look("a");
    assertThat(rows.events()).containsExactly("opened dead_letters", "closed dead_letters");
  }

  @Test
  void bothEventsTellOfOneIncidentWithItsRemedyAndItsLink() {
    rows.look("a", DEAD);
    rows.pass(60);
    rows.look("a", DEAD);
    rows.look("a");
    rows.pass(120);
    rows.look("a");

    List<Map<String, Object>> events =
        jdbc.queryForList(
            "select resource_id, correlation_id, payload ->> 'link' as link, payload ->> 'remedy' as remedy,"
                + " payload ->> 'since' as since, payload ->> 'closed_at' as closed from public.audit_event order by id");
    assertThat(events).hasSize(2);
    assertThat(events.get(0))
        .containsEntry("link", "https://bridge.example.com/actuator/hawtio/bridge/overview")
        .containsEntry("remedy", "R")
        .containsEntry("closed", null);
    assertThat(events.get(1).get("closed")).isNotNull();
    assertThat(events.get(1).get("correlation_id")).isEqualTo(events.get(0).get("correlation_id"));
    // One record, so one lane: nobody is told of the end first.
    assertThat(events.get(1).get("resource_id")).isEqualTo(events.get(0).get("resource_id"));
  }

  @Test
  void whatComesAndGoesIsNeitherOpenedNorClosedEachTime() {
    for (int i = 0; i < 10; i++) {
      rows.look("a", DEAD);
      rows.pass(30);
      rows.look("a");
      rows.pass(20);
      rows.look("a");
    }
    assertThat(rows.events()).as("never for a minute").isEmpty();

    rows.look("a", DEAD);
    rows.pass(60);
    for (int i = 0; i < 10; i++) {
      rows.look("a", DEAD);
      rows.look("a");
      rows.pass(100);
    }
    assertThat(rows.events()).as("never gone for two").containsExactly("opened dead_letters");
  }

  @Test
  void whatOneInstanceSeesIsNotClosedByAnotherUntilItsEndIsSure() {
    String circuit = "circuit_open odoo";
    rows.look("a", circuit);
    rows.pass(60);
    rows.look("a", circuit);
    assertThat(rows.events()).containsExactly("opened circuit_open");

    for (int i = 0; i < 20; i++) {
      rows.look("b");
      rows.pass(10);
      rows.look("a", circuit);
    }
    assertThat(rows.events()).hasSize(1);

    // The instance that saw it is killed.
    rows.pass(31);
    rows.look("b");
    rows.pass(120);
    rows.look("b");
    assertThat(rows.events()).containsExactly("opened circuit_open", "closed circuit_open");
  }

  @Test
  void replicasThatLookAtTheSameMomentOpenAndCloseOnce() throws Exception {
    ExecutorService replicas = Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 20; round++) {
        String condition = "rows_late subscriber:" + round;
        together(replicas, condition);
        rows.pass(60);
        together(replicas, condition);
        together(replicas);
        rows.pass(31);
        together(replicas);
        rows.pass(120);
        together(replicas);
      }
    } finally {
      replicas.shutdownNow();
    }
    assertThat(
            jdbc.queryForList(
                "select count(*) from public.audit_event group by resource_id, event_type",
                Long.class))
        .hasSize(40)
        .containsOnly(1L);
  }

  @Test
  void replicasThatSeeDifferentThingsInAnyOrderNeverWaitForEachOtherInARing() throws Exception {
    ExecutorService replicas = Executors.newFixedThreadPool(4);
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Random random = new Random(i);
      String name = "i" + i;
      all.add(
          replicas.submit(
              () -> {
                for (int look = 0; look < 150; look++) {
                  List<String> sees = new ArrayList<>();
                  for (int n = 0; n < 12; n++) {
                    sees.add("rows_late subscriber:" + random.nextInt(30));
                  }
                  rows.look(name, sees.stream().distinct().toArray(String[]::new));
                }
                return null;
              }));
    }
    try {
      for (Future<?> one : all) {
        // A deadlock would be its failure.
        one.get();
      }
    } finally {
      replicas.shutdownNow();
    }
    assertThat(jdbc.queryForObject("select count(*) from bridge.incident", Long.class))
        .isEqualTo(30);
  }

  private void together(ExecutorService replicas, String... conditions) throws Exception {
    CyclicBarrier start = new CyclicBarrier(4);
    List<Future<?>> looks = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      String name = "i" + i;
      looks.add(
          replicas.submit(
              () -> {
                start.await();
                rows.look(name, conditions);
                return null;
              }));
    }
    for (Future<?> look : looks) {
      look.get();
    }
  }

  @Test
  void aLookThatDoesNotCommitLeavesNothingForTheNextOneToMiss() {
    rows.look("a", DEAD);
    rows.pass(60);
    TransactionTemplate killed =
        new TransactionTemplate(new DataSourceTransactionManager(database.dataSource()));
    killed.executeWithoutResult(
        status -> {
          rows.look("a", DEAD);
          assertThat(rows.events()).hasSize(1);
          status.setRollbackOnly();
        });
    assertThat(rows.events()).isEmpty();

    rows.look("b", DEAD);
    assertThat(rows.events()).containsExactly("opened dead_letters");
    assertThat(jdbc.queryForObject("select count(opened_at) from bridge.incident", Long.class))
        .isEqualTo(1);
  }

  @Test
  void oneAfterTheOtherOfAKindAreTwoIncidents() {
    for (int i = 0; i < 2; i++) {
      rows.look("a", DEAD, "dead_letters odoo");
      rows.pass(60);
      rows.look("a", DEAD, "dead_letters odoo");
      rows.look("a");
      rows.pass(120);
      rows.look("a");
    }
    assertThat(rows.events()).hasSize(8);
    assertThat(
            jdbc.queryForObject(
                "select count(distinct resource_id) from public.audit_event", Long.class))
        .isEqualTo(4);
  }
}
