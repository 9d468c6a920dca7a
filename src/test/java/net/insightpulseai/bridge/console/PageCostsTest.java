package net.insightpulseai.bridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.database.SqlFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * How many pages of the database the console's first page and its lists of targets read with
 * 100,000 rows of each kind. A count does not depend on the machine, as a time does; the lists with
 * filters are in {@code LookUpPlansTest}.
 */
class PageCostsTest {

  private static TestDatabase database;

  @BeforeAll
  static void fill() {
    database = TestDatabase.fresh();
    JdbcTemplate jdbc = database.jdbc();
    jdbc.update(
        "insert into bridge.subscriber (name, kind, url) select 's' || i, 'webhook', 'https://a.example'"
            + " from generate_series(1, 20) i");
    for (String table :
        new String[] {"public.audit_event", "public.odoo_action_outbox", "bridge.event_delivery"}) {
      jdbc.execute("alter table " + table + " disable trigger all");
    }
    jdbc.update(
        "insert into public.audit_event (source, event_type, resource_id)"
            + " select 'odoo', 'res.partner.updated', i::text from generate_series(1, 100000) i");
    jdbc.update(
        "insert into public.odoo_action_outbox (action, ordering_key, idempotency_key, status)"
            + " select 'res.partner.update', 'res.partner:' || i % 1000, 'k' || i,"
            + " case when i % 2 = 0 then 'applied' else 'queued' end from generate_series(1, 100000) i");
    jdbc.update(
        "insert into bridge.event_delivery (target, event_id, event_created_at, correlation_id, idempotency_key,"
            + " ordering_key, status) select 'subscriber:' || 1 + i % 20, i, now(), gen_random_uuid(), 'e',"
            + " 'res.partner:' || i % 1000, case when i % 3 = 0 then 'queued' else 'error' end"
            + " from generate_series(1, 100000) i");
    jdbc.update(
        "insert into bridge.dead_letter (queue, row_id, target, ordering_key, reason, attempts)"
            + " select 'event-deliveries', i, 'subscriber:' || 1 + i % 20, 'res.partner:' || i % 1000, 'rejected', 1"
            + " from generate_series(1, 100000) i");
    jdbc.execute("vacuum analyze");
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @ParameterizedTest
  @CsvSource({
    "lookup/targets, 4000",
    "subscriber/list, 4000",
    "lookup/health, 50",
    "lookup/instances, 250",
    "incident/list, 10"
  })
  void aPageReadsFewPagesOfTheDatabase(String statement, long most) throws Exception {
    String explained =
        new NamedParameterJdbcTemplate(database.jdbc())
            .queryForObject(
                "explain (analyze, buffers, format json) " + SqlFile.read(statement),
                Map.of(),
                String.class);
    JsonNode plan = new ObjectMapper().readTree(explained).path(0).path("Plan");
    long read = plan.path("Shared Hit Blocks").asLong() + plan.path("Shared Read Blocks").asLong();
    assertThat(read).as(statement).isLessThan(most);
  }
}
