package net.insightpulseai.bridge.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.database.SqlFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** What replicas learn of each other, report by report. */
class ReplicaReportTest {

  private static final String ACTIONS = "odoo-actions";

  private TestDatabase database;
  private NamedParameterJdbcTemplate named;

  @BeforeEach
  void open() {
    database = TestDatabase.fresh();
    named = new NamedParameterJdbcTemplate(database.dataSource());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void oneThatJoinsWaitsUntilAllOthersHaveReportedOnceMore() {
    assertThat(report("a", "")).isEqualTo("0 others, 0 sharing, 0 before, unknown");
    assertThat(report("a", ACTIONS)).startsWith("0 others");
    later();

    assertThat(report("b", "")).isEqualTo("1 others, 1 sharing, 1 before, unknown");
    later();
    assertThat(report("a", ACTIONS))
        .as("b takes nothing yet")
        .isEqualTo("1 others, 0 sharing, 0 before, known");
    assertThat(report("b", ACTIONS)).isEqualTo("1 others, 1 sharing, 1 before, unknown");
    later();
    assertThat(report("b", ACTIONS)).as("a has not reported since").endsWith("unknown");
    assertThat(report("a", ACTIONS)).isEqualTo("1 others, 1 sharing, 0 before, known");
    assertThat(report("b", ACTIONS)).isEqualTo("1 others, 1 sharing, 1 before, known");
  }

  @Test
  void oneThatIsMissedOrLeavesOrStopsItsRouteCountsNoMore() {
    for (String name : List.of("a", "b", "c", "a", "b", "c")) {
      report(name, ACTIONS);
      later();
    }
    assertThat(report("b", ACTIONS)).isEqualTo("2 others, 2 sharing, 1 before, known");
    report("c", "event-deliveries");
    assertThat(report("b", ACTIONS)).isEqualTo("2 others, 1 sharing, 1 before, known");
    database.jdbc().update("delete from bridge.replica where name = 'c'");
    database
        .jdbc()
        .update(
            "update bridge.replica set seen_at = now() - interval '16 seconds' where name = 'a'");
    assertThat(report("b", ACTIONS)).startsWith("0 others");
    database
        .jdbc()
        .update("update bridge.replica set seen_at = now() - interval '2 hours' where name = 'a'");
    report("b", ACTIONS);
    assertThat(
            database
                .jdbc()
                .queryForList("select name from bridge.replica order by 1", String.class))
        .containsExactly("b");
  }

  @Test
  void oneWhoseLockIsGoneAndThatIsSilentCountsNoMore() {
    database.jdbc().update("insert into bridge.instance (name) values ('a')");
    report("a", ACTIONS);
    assertThat(report("b", ACTIONS)).as("it has just reported").startsWith("1 others");
    database
        .jdbc()
        .update(
            "update bridge.replica set seen_at = now() - interval '8 seconds' where name = 'a'");
    assertThat(report("b", ACTIONS)).startsWith("0 others");
    database.jdbc().update("delete from bridge.instance");
    assertThat(report("b", ACTIONS)).as("behind a pooler it holds none").startsWith("1 others");
  }

  @Test
  void oneThatStartsAgainUnderItsNameJoinsAgain() {
    for (String name : List.of("a", "b", "a", "b")) {
      report(name, ACTIONS);
      later();
    }
    assertThat(report("b", ACTIONS)).endsWith(" known");
    report("b", "");
    assertThat(report("b", ACTIONS)).endsWith("unknown");
  }

  @Test
  void oneThatWasAwayJoinsAgain() {
    for (String name : List.of("a", "b", "a", "b")) {
      report(name, ACTIONS);
      later();
    }
    database
        .jdbc()
        .update(
            "update bridge.replica set seen_at = now() - interval '16 seconds' where name = 'b'");
    assertThat(report("b", ACTIONS)).endsWith("unknown");
  }

  private static final Instant STARTED = Instant.parse("2026-01-01T00:00:00Z");

  /** As if two seconds had passed. */
  private void later() {
    database
        .jdbc()
        .update(
            "update bridge.replica set seen_at = seen_at - interval '2 seconds',"
                + " claims_since = claims_since - interval '2 seconds'");
  }

  private String report(String name, String claims) {
    List<String> lines = new ArrayList<>();
    named.query(
        SqlFile.read("replica/report"),
        Map.of(
            "name",
            name,
            "version",
            "1",
            "routes",
            "abc",
            "started_at",
            Timestamp.from(STARTED),
            "claims",
            claims,
            "queues",
            "{}",
            "all",
            ACTIONS + ",event-deliveries"),
        row -> {
          if (row.getString("queue").equals(ACTIONS)) {
            lines.add(
                "%d others, %d sharing, %d before, %s"
                    .formatted(
                        row.getInt("others"),
                        row.getInt("sharing"),
                        row.getInt("before"),
                        row.getBoolean("known") ? "known" : "unknown"));
          }
        });
    assertThat(lines).hasSize(1);
    return lines.get(0);
  }
}
