package net.insightpulseai.bridge.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseUnavailableTest {

  @ParameterizedTest
  @CsvSource({"08006,true", "53300,true", "57P01,true", "22P05,false", "23505,false", ",false"})
  void connectionResourcesAndOperatorAreTrouble(String state, boolean trouble) {
    Exception wrapped = new IllegalStateException(new SQLException("", state));
    assertThat(DatabaseUnavailable.causes(wrapped)).isEqualTo(trouble);
  }

  @Test
  void poolWithoutAConnectionIsTrouble() {
    assertThat(DatabaseUnavailable.causes(new SQLTransientConnectionException("timed out")))
        .isTrue();
  }

  @Test
  void defectIsNone() {
    assertThat(DatabaseUnavailable.causes(new IllegalStateException())).isFalse();
    assertThat(DatabaseUnavailable.causes(null)).isFalse();
  }
}
