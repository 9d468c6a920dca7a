package net.insightpulseai.bridge.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.database.DatabaseSettings.AuthenticatedRead;
import net.insightpulseai.bridge.realtime.RealtimeSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever fails in Realtime, the event is stored. */
class RealtimeTriggerFailureTest extends RealtimeTriggerFixture {

  @Test
  void onADayWithoutAPartitionTheEventIsStoredAndTheDatabaseWarns() {
    RealtimeSchema realtime = RealtimeSchema.in(database);
    realtime.dropPartitions();
    subscribe("trigger");

    assertThat(warningsOf(EVENT))
        .singleElement()
        .asString()
        .startsWith("01000 WarnSendingBroadcastMessage: no partition");
    assertThat(count("public.audit_event")).isOne();
  }

  @Test
  void withoutTheSchemaTheEventIsStoredAndTheDatabaseWarns() {
    subscribe("trigger");

    assertThat(warningsOf(EVENT)).singleElement().asString().contains("realtime.send", "3F000");
    assertThat(count("public.audit_event")).isOne();
  }

  @Test
  void withoutTheFunctionToo() {
    RealtimeSchema.in(database);
    database.jdbc().execute("drop function realtime.send");
    subscribe("trigger");

    assertThat(warningsOf(EVENT)).singleElement().asString().contains("realtime.send", "42883");
    assertThat(count("public.audit_event")).isOne();
  }

  @Test
  void whereRealtimesTablesAreLockedTheEventIsStoredAllTheSame() throws SQLException {
    RealtimeSchema realtime = RealtimeSchema.in(database);
    subscribe("trigger");

    try (Connection other = database.dataSource().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("lock table realtime.messages in access exclusive mode");
      assertThat(warningsOf("set statement_timeout = '10s'; set lock_timeout = '7s'; " + EVENT))
          .singleElement()
          .asString()
          .contains("lock timeout");
      other.rollback();
    }

    assertThat(count("public.audit_event")).isOne();
    assertThat(realtime.messages()).isEmpty();
  }

  @Test
  void whoInsertsKeepsTheLockTimeoutThatWasSet() throws SQLException {
    RealtimeSchema.in(database);
    subscribe("trigger");

    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("set local lock_timeout = '7s'");
      statement.execute(EVENT);
      try (ResultSet shown = statement.executeQuery("show lock_timeout")) {
        shown.next();
        assertThat(shown.getString(1)).isEqualTo("7s");
      }
      connection.rollback();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "revoke usage on schema realtime from %s, public",
        "revoke insert on realtime.messages from %s",
        "alter role %s nobypassrls"
      })
  void whatTheTablesOwnerMayNotDoKeepsNoEventFromBeingStored(String taken) {
    try (TestDatabase project = TestDatabase.empty()) {
      SupabaseOwner owner = SupabaseOwner.of(project);
      new Migrations(owner.dataSource(), AuthenticatedRead.NONE).migrate();
      RealtimeSchema realtime = RealtimeSchema.in(project);
      String name = owner.jdbc().queryForObject("select current_user", String.class);
      project.jdbc().execute("grant usage on schema realtime to " + name);
      project.jdbc().execute("grant select, insert on realtime.messages to " + name);
      owner
          .jdbc()
          .update(
              "insert into bridge.subscriber (name, kind, mode) values ('app', 'realtime', 'trigger')");
      new Rights(project).updateAs("service_role", EVENT);
      assertThat(realtime.messages()).as("whoever inserts, while the owner may").hasSize(1);

      project.jdbc().execute("revoke anon, authenticated, service_role from " + name);
      project.jdbc().execute(taken.formatted(name));

      assertThat(new Rights(project).updateAs("service_role", EVENT)).isOne();
      assertThat(realtime.messages()).hasSize(1);
      assertThat(
              project.jdbc().queryForObject("select count(*) from public.audit_event", Long.class))
          .isEqualTo(2);
    }
  }
}
