package net.insightpulseai.bridge.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class SqlCauseTest {

  private final SQLException locked = new SQLException("locked", "55P03");
  private final Throwable failure =
      new IllegalStateException(
          new RuntimeException(new SQLException("no state", null, new RuntimeException(locked))));

  @Test
  void whatTheDatabaseSaidIsFoundAmongTheCauses() {
    assertThat((Throwable) SqlCause.find(failure, sql -> sql.getSQLState() != null))
        .isSameAs(locked);
    assertThat(SqlCause.hasState(failure, "55P03")).isTrue();
    assertThat(SqlCause.hasState(failure, "57014")).isFalse();
    assertThat(SqlCause.state(failure)).isEqualTo("55P03");
  }

  @Test
  void nothingIsFoundWhereItSaidNothing() {
    assertThat(SqlCause.state(new RuntimeException("no database"))).isNull();
    assertThat(SqlCause.state(null)).isNull();
    assertThat(SqlCause.hasState(null, "55P03")).isFalse();
  }
}
