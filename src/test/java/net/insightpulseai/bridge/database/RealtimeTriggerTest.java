package net.insightpulseai.bridge.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import net.insightpulseai.bridge.realtime.RealtimeSchema;
import org.junit.jupiter.api.Test;

/**
 * Which messages a realtime subscriber in trigger mode is sent, within the transaction of the
 * event.
 */
class RealtimeTriggerTest extends RealtimeTriggerFixture {

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
}
