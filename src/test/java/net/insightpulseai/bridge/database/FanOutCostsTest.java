package net.insightpulseai.bridge.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What the trigger does for 1,000 events, in counts that do not depend on the machine. */
class FanOutCostsTest {

  private static final int EVENTS = 1_000;

  private final TestDatabase database = TestDatabase.fresh();
  private Connection connection;
  private JdbcTemplate jdbc;

  @BeforeEach
  void open() throws SQLException {
    connection = database.dataSource().getConnection();
    jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
    jdbc.execute("set track_functions = 'all'");
    connection.setAutoCommit(false);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    database.close();
  }

  @Test
  void onlySubscribersThatAskForATypeAreLookedAt() {
    jdbc.update(
        "insert into bridge.subscriber (name, kind, event_types)"
            + " select 's' || i, 'webhook', array['model' || i || '.*', 'other.type' || i] from generate_series(1, 300) i");
    store();
    assertThat(calls("other_skip_reason")).isEqualTo(3 * EVENTS / 10);
    assertThat(calls("skip_reason")).isZero();
    assertThat(calls("patterns_of")).isLessThanOrEqualTo(10);
    assertThat(jdbc.queryForObject("select count(*) from bridge.event_delivery", Integer.class))
        .isEqualTo(3 * EVENTS / 10);
  }

  @Test
  void withoutASubscriberNothingIsLookedAt() {
    store();
    assertThat(calls("patterns_of")).isZero();
    assertThat(calls("other_skip_reason")).isZero();
  }

  @Test
  void subscribersThatReadByThemselvesCostNothing() {
    jdbc.update(
        "insert into bridge.subscriber (name, kind) select 's' || i, 'pull' from generate_series(1, 20) i");
    store();
    assertThat(calls("patterns_of")).isZero();
    assertThat(calls("other_skip_reason")).isZero();
  }

  /** Of ten types; three of them have a subscriber. */
  private void store() {
    jdbc.update(
        "insert into public.audit_event (source, event_type)"
            + " select 'odoo', 'model' || (298 + i % 10) || '.updated' from generate_series(1, ?) i",
        EVENTS);
  }

  private int calls(String function) {
    Integer calls =
        jdbc.queryForObject(
            "select coalesce(sum(calls), 0) from pg_stat_xact_user_functions where funcname = ?",
            Integer.class,
            function);
    return calls == null ? 0 : calls;
  }
}
