package net.insightpulseai.bridge.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.database.SqlFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Where events are in one table, old ones are deleted row by row. */
class OneTableRetentionTest {

  private TestDatabase database;
  private JdbcTemplate jdbc;

  @BeforeEach
  void open() {
    database = TestDatabase.withoutPartitions();
    jdbc = database.jdbc();
    jdbc.execute("alter sequence public.audit_event_id_seq restart");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void onlyOneTableIsWalked() {
    assertThat(allowed(database)).isTrue();
    try (TestDatabase partitioned = TestDatabase.fresh()) {
      assertThat(allowed(partitioned)).isFalse();
    }
  }

  @Test
  void anEventStaysWhileADeliveryNeedsIt() {
    for (String status : List.of("delivered", "queued", "error")) {
      event(status);
      jdbc.update(
          "insert into bridge.event_delivery (target, event_id, event_created_at, status, correlation_id, idempotency_key)"
              + " select 'nobody', id, created_at, event_type, correlation_id, '' from public.audit_event"
              + " where event_type = ?",
          status);
    }

    deleteOld();

    assertThat(left("event_type")).containsExactly("error", "queued");
  }

  @Test
  void anEventStaysWhileAReplayHasYetToWalkIt() {
    for (int n = 1; n <= 5; n++) {
      event("res.partner.updated");
    }
    jdbc.update(
        "insert into bridge.replay (status, filter, subscribers, rate, cursor, until_id, total, who, why) values"
            + " ('paused', '{\"events\":[1,2,3,9]}', '{1}', 1, 1, 9, 3, 'ada', 'a test'),"
            + " ('done', '{\"events\":[4]}', '{1}', 1, 1, 9, 3, 'ada', 'a test')");

    deleteOld();
    assertThat(left("id"))
        .as("1 was walked, 4 is a finished replay's, 5 is nobody's")
        .containsExactly("2", "3");

    jdbc.update("update bridge.replay set status = 'cancelled', finished_at = now()");
    deleteOld();
    assertThat(left("id")).isEmpty();
  }

  @Test
  void anEventStaysWhileAStreamHasYetToPublishItAndNotForAPullSubscriber() {
    jdbc.update(
        "insert into bridge.subscriber (name, kind, mode) values ('lake', 'kafka', 'stream'), ('ci', 'pull', 'rest')");
    for (int n = 1; n <= 3; n++) {
      event("res.partner.updated");
    }
    jdbc.update(
        "update bridge.subscriber_position set (xact, id) = (select xact, id from public.audit_event where id = 2)"
            + " where subscriber = (select id from bridge.subscriber where name = 'lake')");

    deleteOld();
    assertThat(left("id")).containsExactly("3");

    jdbc.update("delete from bridge.subscriber where name = 'lake'");
    deleteOld();
    assertThat(left("id")).isEmpty();
  }

  private static Boolean allowed(TestDatabase database) {
    return database
        .jdbc()
        .queryForObject(SqlFile.read("retention/may_delete_events"), Boolean.class);
  }

  private void event(String type) {
    jdbc.update(
        "insert into public.audit_event (source, event_type, created_at)"
            + " values ('odoo', ?, now() - interval '500 days')",
        type);
  }

  private void deleteOld() {
    new NamedParameterJdbcTemplate(jdbc)
        .queryForMap(
            SqlFile.read("retention/delete_events").replace(":#", ":"),
            Map.of("after", 0L, "steps", 9, "audit", Duration.ofDays(400).toSeconds()));
  }

  private List<String> left(String column) {
    return jdbc.queryForList(
        "select " + column + "::text from public.audit_event order by 1", String.class);
  }
}
