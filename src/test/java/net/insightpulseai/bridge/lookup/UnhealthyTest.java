package net.insightpulseai.bridge.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.zaxxer.hikari.HikariDataSource;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.insightpulseai.bridge.TestOdoo.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What {@code /health} says is what ingest and the queues would do. */
class UnhealthyTest extends LookUpTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  @Autowired private HikariDataSource operators;

  @AfterEach
  void makeWritable() {
    setReadOnly("off");
    await().atMost(SOON).until(() -> get("/health").statusCode() == 200);
  }

  @Test
  void aReadOnlyDatabaseIsDownBecauseNothingCanBeStored() {
    setReadOnly("on");

    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              HttpResponse<String> health = get("/health");
              assertThat(health.statusCode()).isEqualTo(503);
              assertThat(health.headers().firstValue("retry-after")).isPresent();
              assertThat(json(health).path("database").asText()).isEqualTo("read_only");
            });
    HttpResponse<String> event =
        postSigned("/functions/v1/odoo_event_ingest", "{\"event_type\":\"a.b\"}");
    assertThat(event.statusCode()).isEqualTo(503);
    assertThat(event.headers().firstValue("retry-after")).isPresent();
  }

  @Test
  void whatHoldsTheConnectionsOfTheOperatorsIsNoOutage() throws SQLException {
    List<Connection> held = new ArrayList<>();
    try {
      for (int i = 0; i < operators.getMaximumPoolSize(); i++) {
        held.add(operators.getConnection());
      }
      await().during(Duration.ofSeconds(4)).until(() -> get("/health").statusCode() == 200);
    } finally {
      for (Connection one : held) {
        one.close();
      }
    }
  }

  @Test
  void anOdooThatIsAwayIsNamedWhereItsQueueIs() {
    odoo().answer(call -> Answer.json(502, "{}"));
    jdbc()
        .update(
            "insert into public.odoo_action_outbox (action, args) values ('res.partner.update', '{\"id\": 1}')");

    await().atMost(SOON).until(() -> actionsQueue().equals("waiting_for_odoo"));
    assertThat(get("/health").statusCode()).isEqualTo(200);

    odoo().answer(net.insightpulseai.bridge.TestOdoo::applied);
    await().atMost(SOON).until(() -> actionsQueue().equals("running"));
  }

  private String actionsQueue() {
    JsonNode queues = json(get("/health")).path("queues");
    return queues.path("odoo-actions").asText();
  }

  /** As Supabase does when the disk is full: for new sessions, so the others are ended. */
  private void setReadOnly(String value) {
    String name = jdbc().queryForObject("select current_database()", String.class);
    // A read-only session may still say that it is not.
    jdbc().execute("set session characteristics as transaction read write");
    jdbc().execute("alter database " + name + " set default_transaction_read_only = " + value);
    jdbc()
        .queryForList(
            "select pg_terminate_backend(pid) from pg_stat_activity"
                + " where datname = current_database() and pid <> pg_backend_pid()");
  }
}
