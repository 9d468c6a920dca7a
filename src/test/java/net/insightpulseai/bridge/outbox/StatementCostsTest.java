package net.insightpulseai.bridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * How many pages the statements of the queue read for a row. A count does not depend on the
 * machine, as a time does; a plan that reads what is dead, or the lanes of others, shows in it.
 */
class StatementCostsTest {

  private static final int ROWS = 100;

  private static final ObjectMapper JSON = new ObjectMapper();

  private TestDatabase database;
  private JdbcTemplate jdbc;

  @BeforeEach
  void open() {
    database = TestDatabase.fresh();
    jdbc = database.jdbc();
    // Nothing is cleaned up in between: that is when a plan reads dead entries.
    jdbc.execute("alter table public.odoo_action_outbox set (autovacuum_enabled = false)");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aClaimAndAnOutcomeReadAFewPagesForARow() throws Exception {
    jdbc.update(
        "insert into public.odoo_action_outbox (action, ordering_key)"
            + " select 'x.y', 'lane:' || i from generate_series(1, ?) i",
        10 * ROWS);

    assertThat(pages("claim", claiming())).isLessThan(55L * ROWS);
    assertThat(pages("ack", outcomes())).isLessThan(45L * ROWS);
    assertThat(jdbc.queryForObject("select count(*) from public.audit_event", Integer.class))
        .isEqualTo(ROWS);
  }

  @Test
  void aClaimOfRowsWithoutALaneReadsAFewPagesForARow() throws Exception {
    jdbc.update(
        "insert into public.odoo_action_outbox (action, ordering_key)"
            + " select 'x.y', '' from generate_series(1, ?)",
        10 * ROWS);

    assertThat(pages("claim_plain", claiming())).isLessThan(35L * ROWS);
  }

  private static Map<String, Object> claiming() {
    return Map.ofEntries(
        Map.entry("target", "odoo"),
        Map.entry("room", ROWS),
        Map.entry("most", 1),
        Map.entry("shared", ""),
        Map.entry("after", ""),
        Map.entry("until", 0L),
        Map.entry("steps", 500),
        Map.entry("block", true),
        Map.entry("queue", Queue.ODOO_ACTIONS.label()),
        Map.entry("instance", "i"),
        Map.entry("lease", 60),
        Map.entry("with_payload", true));
  }

  /** What has been claimed is done. */
  private Map<String, Object> outcomes() throws Exception {
    List<Map<String, Object>> done = new ArrayList<>();
    for (Map<String, Object> row :
        jdbc.queryForList(
            "select id, lease_token from public.odoo_action_outbox where status = 'sent'")) {
      done.add(Map.of("id", row.get("id"), "token", row.get("lease_token"), "kind", "DONE"));
    }
    assertThat(done).hasSize(ROWS);
    return Map.of("queue", Queue.ODOO_ACTIONS.label(), "acks", JSON.writeValueAsString(done));
  }

  /** Runs the statement; returns how often it looked at a page. */
  private long pages(String statement, Map<String, Object> parameters) throws Exception {
    String explained =
        new NamedParameterJdbcTemplate(jdbc)
            .queryForObject(
                "explain (analyze, buffers, format json) " + Queue.ODOO_ACTIONS.sql(statement),
                parameters,
                String.class);
    JsonNode plan = JSON.readTree(explained).path(0).path("Plan");
    return plan.path("Shared Hit Blocks").asLong() + plan.path("Shared Read Blocks").asLong();
  }
}
