package net.insightpulseai.bridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.database.SqlFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Each statement of the engine has one sane plan, whatever the tables held when analysed. */
class PlansTest {

  private static final Pattern NAMED = Pattern.compile("(?<!:):([a-z_]+)");

  private static final Map<String, Object> PARAMETERS =
      Map.ofEntries(
          Map.entry("room", 8),
          Map.entry("most", 20),
          Map.entry("shared", "x.y"),
          Map.entry("after", ""),
          Map.entry("until", 0L),
          Map.entry("steps", 500),
          Map.entry("block", true),
          Map.entry("instance", "i"),
          Map.entry("lease", 60),
          Map.entry("with_payload", false),
          Map.entry("gone", List.of("x")),
          Map.entry("held", "[]"),
          Map.entry("acks", "[]"));

  private static final List<String> STATEMENTS =
      List.of("claim", "claim_plain", "targets", "ack", "rescue", "promote");

  private TestDatabase database;
  private JdbcTemplate jdbc;

  @BeforeEach
  void open() {
    database = TestDatabase.fresh();
    jdbc = database.jdbc();
    // Analysed by the test alone, and in one session, whose setting lets the inserts be plain.
    jdbc.execute("alter table public.odoo_action_outbox set (autovacuum_enabled = false)");
    jdbc.execute("alter table bridge.event_delivery set (autovacuum_enabled = false)");
    jdbc.execute("alter table public.odoo_action_outbox disable trigger all");
    jdbc.execute("alter table bridge.event_delivery disable trigger all");
  }

  @AfterEach
  void close() {
    database.close();
  }

  /** What the tables hold when they are analysed, and what comes later. */
  enum Statistics {
    EMPTY,
    IN_FLIGHT,
    FINISHED,
    HOT_LANE,
    EVERYTHING
  }

  @ParameterizedTest
  @EnumSource(Statistics.class)
  void noStatementReadsATableOrTheWrongIndex(Statistics analysed) {
    fill(analysed, true);
    jdbc.execute("analyze");
    // A plan that is cached now stays when the tables grow.
    String early = plans();
    fill(analysed, false);
    String late = plans();

    assertThat(early + late)
        .as(analysed.toString())
        .doesNotContain("Gather")
        .doesNotContainPattern("Seq Scan on (odoo_action_outbox|event_delivery)")
        .doesNotContainPattern("using \\w+_(record|correlation|created)\\b")
        // By its ids, and not from one end to the other.
        .doesNotContainPattern(
            "Scan using (odoo_action_outbox|event_delivery)_pkey on [^\\n]+\\n(?!\\s+Index Cond: \\(id )");
  }

  /** The plans of all statements, each below its name. */
  private String plans() {
    StringBuilder plans = new StringBuilder();
    for (Queue queue : Queue.values()) {
      for (String statement : STATEMENTS) {
        plans.append(queue).append(' ').append(statement).append('\n');
        plans.append(genericPlan(queue, statement)).append('\n');
      }
    }
    return plans.toString();
  }

  private void fill(Statistics analysed, boolean before) {
    boolean all = analysed == Statistics.EVERYTHING;
    if (before == (all || analysed == Statistics.IN_FLIGHT)) {
      insert("sent", 400, "'f:' || i", 0);
    }
    if (before == (all || analysed == Statistics.FINISHED)) {
      insert("done", 40_000, "'d:' || i % 5000", 0);
    }
    if (before == (all || analysed == Statistics.HOT_LANE)) {
      insert("queued", 20_000, "'hot'", 0);
    }
    if (before == all) {
      insert("queued", 10_000, "'w:' || i", 1);
      insert("queued", 1_000, "'q:' || i % 200", 0);
    }
  }

  private void insert(String status, int rows, String lane, int waits) {
    jdbc.update(
        "insert into public.odoo_action_outbox (action, status, ordering_key, idempotency_key, waits)"
            + " select 'x.y', ?, %s, gen_random_uuid()::text, ? from generate_series(1, ?) i"
                .formatted(lane),
        status.equals("done") ? "applied" : status,
        waits,
        rows);
    jdbc.update(
        "insert into bridge.event_delivery (target, event_id, event_created_at, status, correlation_id,"
            + " ordering_key, idempotency_key, waits) select 'subscriber:' || (1 + i % 3), i, now(), ?,"
            + " gen_random_uuid(), %s, 'e', ? from generate_series(1, ?) i".formatted(lane),
        status.equals("done") ? "delivered" : status,
        waits,
        rows);
  }

  private static Map<String, Object> parameters(Queue queue) {
    Map<String, Object> parameters = new HashMap<>(PARAMETERS);
    parameters.put("queue", queue.label());
    parameters.put("target", queue == Queue.ODOO_ACTIONS ? "odoo" : "subscriber:1");
    return parameters;
  }

  /** The plan that the engine's own connections use, whatever the parameters. */
  private String genericPlan(Queue queue, String statement) {
    List<String> names = new ArrayList<>();
    List<String> types = new ArrayList<>();
    List<String> values = new ArrayList<>();
    String numbered =
        NAMED
            .matcher(queue.sql(statement).replaceAll("(?m)^\\s*--.*$", ""))
            .replaceAll(
                named -> {
                  String name = named.group(1);
                  if (!names.contains(name)) {
                    Object value = parameters(queue).get(name);
                    names.add(name);
                    types.add(
                        value instanceof Integer
                            ? "int"
                            : value instanceof Long
                                ? "bigint"
                                : value instanceof Boolean ? "boolean" : "text");
                    values.add("'" + (value instanceof List<?> list ? list.get(0) : value) + "'");
                  }
                  return "\\$" + (names.indexOf(name) + 1);
                });
    String prepare =
        "prepare s" + (types.isEmpty() ? "" : "(" + String.join(",", types) + ")") + " as ";
    String execute = "execute s" + (values.isEmpty() ? "" : "(" + String.join(",", values) + ")");
    return jdbc.execute(
        (Statement session) -> {
          session.execute(SqlFile.read("schema/engine_plans"));
          session.execute(prepare + numbered);
          List<String> plan = new ArrayList<>();
          try (ResultSet lines = session.executeQuery("explain (costs off) " + execute)) {
            while (lines.next()) {
              plan.add(lines.getString(1));
            }
          } finally {
            session.execute("deallocate s");
            session.execute("reset plan_cache_mode; reset enable_seqscan");
            session.execute("reset max_parallel_workers_per_gather");
          }
          return String.join("\n", plan);
        });
  }
}
