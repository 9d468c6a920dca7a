package net.insightpulseai.bridge.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlFaultTest {

  @ParameterizedTest
  @CsvSource({
    "22P05, EVENT",
    "22003, EVENT",
    "22021, EVENT",
    "54000, EVENT",
    "54001, EVENT",
    "23514, RULE",
    "23505, RULE",
    "P0001, RULE",
    "40001, COLLISION",
    "40P01, COLLISION",
    "08006, DATABASE",
    "08001, DATABASE",
    "53100, DATABASE",
    "53300, DATABASE",
    "57014, TOO_LONG",
    "57P01, DATABASE",
    "42501, DATABASE",
    "25006, DATABASE",
    "XX000, DATABASE",
    ", DATABASE"
  })
  void theSqlstateSaysWhoseFaultItIs(String state, SqlFault fault) {
    assertThat(SqlFault.of(new SQLException("", state))).isEqualTo(fault);
  }

  @Test
  void anIdWithoutAPartitionIsNoFaultOfTheEvent() throws SQLException {
    try (TestDatabase database = TestDatabase.fresh();
        Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(fault(statement, "99000000, 'odoo'")).isEqualTo(SqlFault.DATABASE);
      assertThat(fault(statement, "1, 'nobody'")).isEqualTo(SqlFault.RULE);
    }
  }

  private static SqlFault fault(Statement statement, String values) {
    return SqlFault.of(
        catchThrowableOfType(
            SQLException.class,
            () ->
                statement.execute(
                    "insert into public.audit_event (id, source, event_type) values ("
                        + values
                        + ", 'a.b')")));
  }

  @Test
  void thePoolsExceptionIsJudgedByTheDriversInIt() {
    SQLException wrapped =
        new SQLTransientConnectionException("timeout", null, new SQLException("", "22P05"));
    assertThat(SqlFault.of(wrapped)).isEqualTo(SqlFault.EVENT);
  }
}
