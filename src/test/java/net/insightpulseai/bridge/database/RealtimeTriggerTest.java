package net.insightpulseai.bridge.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.database.DatabaseSettings.AuthenticatedRead;
import net.insightpulseai.bridge.realtime.RealtimeSchema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Realtime subscribers in trigger mode, in a database that has Realtime's functions, or has not.
 */
class RealtimeTriggerTest {

  private static final String EVENT =
      "insert into public.audit_event (source, event_type, resource_id, payload, meta)"
          + " values ('odoo', 'res.partner.updated', '42', '{\"name\": \"Acme\"}', '{\"company_id\": 3}')";

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
  void aMessageCommitsWithItsEventAndNeedsNoDelivery() {
    RealtimeSchema realtime = RealtimeSchema.in(database);
    subscribe("trigger");

    assertThat(warningsOf(EVENT)).isEmpty();

    assertThat(realtime.messages())
        .singleElement()
        .asString()
        .startsWith("odoo:3:res.partner|res.partner.updated|true|{\"id\": 1, ")
        .contains("\"event_id\": \"evt_1\"", "\"payload\": {\"name\": \"Acme\"}");
    assertThat(count("bridge.event_delivery")).isZero();
  }

  @Test
  void aMessageIsRolledBackWithItsEvent() throws SQLException {
    RealtimeSchema realtime = RealtimeSchema.in(database);
    subscribe("trigger");

    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(EVENT);
      connection.rollback();
    }

    assertThat(realtime.messages()).isEmpty();
    assertThat(count("public.audit_event")).isZero();
  }

  @Test
  void everyEventOfAStatementIsSentInOrder() {
    RealtimeSchema realtime = RealtimeSchema.in(database);
    subscribe("trigger");

    database
        .jdbc()
        .update(
            "insert into public.audit_event (source, event_type, payload)"
                + " select 'odoo', 'x.y' || n, '{}' from generate_series(1, 9) n");

    assertThat(realtime.messages())
        .map(message -> message.split("\\|", -1)[1])
        .containsExactly("x.y1", "x.y2", "x.y3", "x.y4", "x.y5", "x.y6", "x.y7", "x.y8", "x.y9");
  }

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

  @Test
  void whatIsOverTheLimitGoesThin() {
    RealtimeSchema realtime = RealtimeSchema.in(database);
    subscribe("trigger");

    database
        .jdbc()
        .update(
            "insert into public.audit_event (source, event_type, payload)"
                + " values ('odoo', 'x.y', jsonb_build_object('text', repeat('é', 125000)))");

    assertThat(realtime.messages())
        .singleElement()
        .asString()
        .contains("\"thin\": true")
        .doesNotContain("é");
  }

  @Test
  void aThinSubscriberGetsNoContent() {
    RealtimeSchema realtime = RealtimeSchema.in(database);
    subscribe("trigger");
    database.jdbc().update("update bridge.subscriber set format = 'thin'");

    database.jdbc().update(EVENT);

    assertThat(realtime.messages())
        .singleElement()
        .asString()
        .contains("\"thin\": true", "\"resource_id\": \"42\"")
        .doesNotContain("Acme");
  }

  @Test
  void patternsSourcesCompaniesAndTheHopLimitHoldHereToo() {
    RealtimeSchema realtime = RealtimeSchema.in(database);
    subscribe("trigger");
    for (String narrowed :
        List.of(
            "event_types = '{sale.*}'",
            "event_types = '{*}', sources = '{supabase}'",
            "sources = null, company = 4")) {
      database.jdbc().update("update bridge.subscriber set " + narrowed);
      database.jdbc().update(EVENT);
    }
    database.jdbc().update("update bridge.subscriber set company = 3");
    database
        .jdbc()
        .update(
            "insert into public.audit_event (source, event_type, payload, meta, hop)"
                + " values ('odoo', 'x.y', '{}', '{\"company_id\": 3}', 8)");
    assertThat(realtime.messages()).isEmpty();

    database.jdbc().update(EVENT);
    assertThat(realtime.messages()).hasSize(1);
  }

  @Test
  void aPausedSubscriberIsSentNothing() {
    RealtimeSchema realtime = RealtimeSchema.in(database);
    subscribe("trigger");
    database
        .jdbc()
        .update("insert into bridge.target (name, state) values ('subscriber:1', 'paused')");

    assertThat(warningsOf(EVENT)).isEmpty();

    assertThat(realtime.messages()).isEmpty();
  }

  @Test
  void offIsNeitherAMessageNorADelivery() {
    RealtimeSchema realtime = RealtimeSchema.in(database);
    subscribe("off");

    database.jdbc().update(EVENT);

    assertThat(realtime.messages()).isEmpty();
    assertThat(count("bridge.event_delivery")).isZero();
  }

  @Test
  void restIsADeliveryAndNoMessage() {
    RealtimeSchema realtime = RealtimeSchema.in(database);
    subscribe("rest");

    database.jdbc().update(EVENT);

    assertThat(realtime.messages()).isEmpty();
    assertThat(count("bridge.event_delivery")).isOne();
  }

  private void subscribe(String mode) {
    database
        .jdbc()
        .update(
            "insert into bridge.subscriber (name, kind, mode) values ('app', 'realtime', ?)", mode);
  }

  private List<String> warningsOf(String sql) {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
      List<String> warnings = new ArrayList<>();
      for (SQLWarning each = statement.getWarnings(); each != null; each = each.getNextWarning()) {
        warnings.add(each.getSQLState() + " " + each.getMessage());
      }
      return warnings;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private long count(String table) {
    return database.jdbc().queryForObject("select count(*) from " + table, Long.class);
  }
}
