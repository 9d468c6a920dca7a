package net.insightpulseai.bridge.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseTroubleTest {

  @ParameterizedTest
  @CsvSource({"08006,true", "53300,true", "57P01,true", "22P05,false", "23505,false", ",false"})
  void connectionResourcesAndOperatorAreTrouble(String state, boolean trouble) {
    Exception wrapped = new IllegalStateException(new SQLException("", state));
    assertThat(DatabaseTrouble.causes(wrapped)).isEqualTo(trouble);
  }

  @Test
  void poolWithoutAConnectionIsTrouble() {
    assertThat(DatabaseTrouble.causes(new SQLTransientConnectionException("timed out"))).isTrue();
  }

  @Test
  void defectIsNone() {
    assertThat(DatabaseTrouble.causes(new IllegalStateException())).isFalse();
    assertThat(DatabaseTrouble.causes(null)).isFalse();
  }
}
