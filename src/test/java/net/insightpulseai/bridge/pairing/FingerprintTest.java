package net.insightpulseai.bridge.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.database.DatabaseAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What names a database, asked of a real server. */
class FingerprintTest {

  private static final DatabaseAddress HERE = address("127.0.0.1", "postgres");

  private TestDatabase database;

  @BeforeEach
  void create() {
    database = TestDatabase.fresh();
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void aDatabaseIsItself() {
    Fingerprint now = of(database.jdbc());

    assertThat(now.best()).isEqualTo(of(database.jdbc()).best()).matches("[0-9a-f]{64}");
    assertThat(now.is(of(database.jdbc()).best())).isTrue();
  }

  @Test
  void aCopyInTheSameServerIsAnother() {
    try (TestDatabase copy = TestDatabase.fresh()) {
      assertThat(of(copy.jdbc()).is(of(database.jdbc()).best())).isFalse();
    }
  }

  @Test
  void aRestoreUnderTheSameNameIsAnother() {
    String name = database.jdbc().queryForObject("select current_database()", String.class);
    // Not from the pool, whose connections end with the database.
    JdbcTemplate jdbc = login(database.username(), database.password());
    String before = of(jdbc).best();
    try (TestDatabase other = TestDatabase.fresh()) {
      other.jdbc().execute("drop database " + name + " with (force)");
      other.jdbc().execute("create database " + name + " template migrated");

      assertThat(of(jdbc).is(before)).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({"nosuperuser", "nosuperuser createrole createdb bypassrls"})
  void rolesThatAreNoSuperusersMayAskForAllOfIt(String attributes) {
    assertThat(of(roleWith(attributes)))
        .isEqualTo(of(database.jdbc()))
        .satisfies(now -> assertThat(now.full()).isNotNull());
  }

  @Test
  void whereTheServersIdentifierIsDeniedTheRestNamesTheDatabaseBothWays() {
    String full = of(database.jdbc()).best();
    JdbcTemplate denied = roleWith("nosuperuser");
    database.jdbc().execute("revoke execute on function pg_control_system() from public");

    Fingerprint partial = of(denied);
    assertThat(partial.full()).isNull();
    assertThat(partial.best()).isNotEqualTo(full);
    assertThat(of(database.jdbc()).is(partial.best())).as("once it is granted").isTrue();
    try (TestDatabase copy = TestDatabase.fresh()) {
      assertThat(of(copy.jdbc()).is(partial.best())).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "db.abcdefghijklmnop.supabase.co, postgres, true",
    "aws-0-eu-central-1.pooler.supabase.com, postgres.abcdefghijklmnop, true",
    "aws-0-eu-central-1.pooler.supabase.com, bridge.abcdefghijklmnop, true",
    "db.anotherproject.supabase.co, postgres, false",
    "aws-0-eu-central-1.pooler.supabase.com, postgres.anotherproject, false"
  })
  void aCloneInAnotherSupabaseProjectIsAnotherAndThePoolersAddressIsNot(
      String host, String user, boolean same) {
    DatabaseAddress direct = address("db.abcdefghijklmnop.supabase.co", "postgres");

    Fingerprint there = Fingerprint.of(address(host, user), "postgres", "5", "7000");

    assertThat(there.is(Fingerprint.of(direct, "postgres", "5", "7000").best())).isEqualTo(same);
  }

  private static Fingerprint of(JdbcTemplate jdbc) {
    return new PairingTable(jdbc, HERE).fingerprint();
  }

  private static DatabaseAddress address(String host, String user) {
    return new DatabaseAddress(host, 5432, "postgres", user, "", Map.of(), false, false, List.of());
  }

  private JdbcTemplate roleWith(String attributes) {
    String role = "asker_" + System.nanoTime();
    database.jdbc().execute("create role " + role + " login " + attributes + " password 'asker'");
    return login(role, "asker");
  }

  private JdbcTemplate login(String user, String password) {
    Properties credentials = new Properties();
    credentials.setProperty("user", user);
    credentials.setProperty("password", password);
    return new JdbcTemplate(new DriverManagerDataSource(database.jdbcUrl(), credentials));
  }
}
