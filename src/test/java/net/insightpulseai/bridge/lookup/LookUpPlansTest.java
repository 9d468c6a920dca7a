package net.insightpulseai.bridge.lookup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * Every filter of the lists has an index. What is rare lies at the far end of 60,000 rows, so a
 * list that walks the primary key or the table passes over tens of thousands of them.
 */
class LookUpPlansTest {

  private static final List<String> PARAMETERS =
      List.of(
          "before",
          "after",
          "source",
          "event_type",
          "resource_id",
          "status",
          "action",
          "target",
          "resolution",
          "queue",
          "subscriber",
          "reason",
          "fault",
          "model",
          "record_id",
          "correlation_id",
          "causation_id",
          "since",
          "until");

  private static final Pattern REMOVED = Pattern.compile("Rows Removed by Filter: (\\d+)");

  private static TestDatabase database;

  @BeforeAll
  static void fill() {
    database = TestDatabase.fresh();
    JdbcTemplate jdbc = database.jdbc();
    for (String table : List.of("public.odoo_action_outbox", "bridge.dead_letter")) {
      jdbc.execute("alter table " + table + " set (autovacuum_enabled = false)");
      jdbc.execute("alter table " + table + " disable trigger all");
    }
    // In two partitions: half of the events in each, and empty ones before and behind them.
    jdbc.execute("alter table public.audit_event disable trigger all");
    jdbc.execute("select setval('public.audit_event_id_seq', 3970000)");
    jdbc.execute("select bridge.make_event_partitions(1000000, 4)");
    jdbc.execute(
        "insert into public.audit_event (source, event_type, resource_id, created_at, causation_id)"
            + " select case when i < 20 then 'bridge' else 'odoo' end,"
            + " case when i < 20 then 'hr.payslip.done' else 'res.partner.updated' end,"
            + " i::text, now() - (60001 - i) * interval '1 minute', case when i < 20 then 'c' end"
            + " from generate_series(1, 60000) i");
    jdbc.execute(
        "insert into public.odoo_action_outbox (action, status, target, ordering_key, idempotency_key,"
            + " created_at, causation_id) select"
            + " case when i < 20 then 'hr.payslip.post' else 'res.partner.update' end,"
            + " (array['queued', 'sent', 'error', 'applied'])[case when i < 20 then 1 + i % 3 else 4 end],"
            + " case when i < 20 then 'else' else 'odoo' end, 'res.partner:' || i, i::text,"
            + " now() - (60001 - i) * interval '1 minute', case when i < 20 then 'c' end"
            + " from generate_series(1, 60000) i");
    jdbc.execute(
        "insert into bridge.dead_letter (queue, row_id, target, ordering_key, reason, attempts, created_at,"
            + " correlation_id, resolution) select case when i < 20 then 'odoo-actions' else 'event-deliveries' end, i,"
            + " case when i < 20 then 'odoo' else 'subscriber:' || 1 + i % 3 end, '',"
            + " case when i < 20 then 'expired' else 'rejected' end, 1,"
            + " now() - (60001 - i) * interval '1 minute', gen_random_uuid(),"
            + " case when i < 20 then 'discarded' when i % 2 = 0 then 'requeued' end"
            + " from generate_series(1, 60000) i");
    jdbc.execute("analyze");
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @ParameterizedTest
  @CsvSource({
    "lookup/events, source=bridge",
    "lookup/events, event_type=hr.payslip.done",
    "lookup/events, event_type=no.such.type",
    "lookup/events, event_type=hr.*",
    "lookup/events, event_type=no.*",
    "lookup/events, event_type=hr.* after=0",
    "lookup/events, resource_id=7",
    "lookup/events, model=hr.payslip record_id=7",
    "lookup/events, correlation_id=00000000-0000-4000-8000-000000000000",
    "lookup/events, causation_id=c",
    "lookup/events, until=50000",
    "lookup/events, since=59000 until=50000",
    "lookup/events, since=100",
    "lookup/events, since=100 after=0",
    "lookup/events, until=50000 before=9000",
    "lookup/events, event_type=res.partner.updated until=50000",
    "lookup/events, source=bridge since=100",
    "lookup/actions, status=queued",
    "lookup/actions, status=sent",
    "lookup/actions, status=error",
    "lookup/actions, action=hr.payslip.post",
    "lookup/actions, action=hr.*",
    "lookup/actions, target=else",
    "lookup/actions, target=nobody",
    "lookup/actions, model=res.partner record_id=7",
    "lookup/actions, correlation_id=00000000-0000-4000-8000-000000000000",
    "lookup/actions, causation_id=c",
    "lookup/actions, until=50000",
    "lookup/actions, status=queued action=res.partner.update",
    "dead_letter/list, resolution=discarded",
    "dead_letter/list, resolution=all target=odoo",
    "dead_letter/list, resolution=open target=nobody",
    "dead_letter/list, resolution=all queue=odoo-actions",
    "dead_letter/list, resolution=all reason=expired",
    "dead_letter/list, resolution=open reason=expired",
    "dead_letter/list, resolution=all fault=nobody",
    "dead_letter/list, resolution=all correlation_id=00000000-0000-4000-8000-000000000000",
    "dead_letter/list, resolution=all until=50000"
  })
  void noFilterPassesOverManyRows(String statement, String filters) throws IOException {
    String plan = plan(statement, filters);
    assertThat(plan)
        .doesNotContainPattern(
            "Seq Scan on (audit_event_[34]000000|odoo_action_outbox|dead_letter)");
    Matcher removed = REMOVED.matcher(plan);
    while (removed.find()) {
      assertThat(Integer.parseInt(removed.group(1))).as(plan).isLessThan(1_000);
    }
  }

  private static String plan(String statement, String filters) throws IOException {
    Map<String, Object> parameters = new HashMap<>();
    PARAMETERS.forEach(name -> parameters.put(name, null));
    parameters.put("limit", 10);
    for (String filter : filters.split(" ")) {
      String[] pair = filter.split("=");
      parameters.put(pair[0], value(pair[0], pair[1]));
    }
    try (InputStream text =
        LookUpPlansTest.class.getResourceAsStream("/sql/" + statement + ".sql")) {
      String sql = new String(text.readAllBytes(), UTF_8).replace(":#", ":");
      return String.join(
          "\n",
          new NamedParameterJdbcTemplate(database.jdbc())
              .queryForList(
                  "explain (analyze, costs off, timing off) " + sql, parameters, String.class));
    }
  }

  /** Times are given as minutes ago. */
  private static Object value(String name, String text) {
    return switch (name) {
      case "before", "after" -> Long.valueOf(text);
      case "since", "until" -> OffsetDateTime.now().minusMinutes(Long.parseLong(text));
      default -> text;
    };
  }
}
