package net.insightpulseai.bridge.bench;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Finished rows of the last days, as many in each table, as a bridge that runs for long has them.
 */
final class FinishedRows {

  private static final int STEP = 20_000;

  // Newer than what retention deletes, and of as many records as a middling company has.
  private static final String WHEN = "now() - interval '6 days' * random()";

  private static final Map<String, String> INSERTS =
      new TreeMap<>(
          Map.of(
              "public.audit_event",
              """
              insert into public.audit_event (source, event_type, resource_id, payload, created_at)
              select 'odoo', 'res.partner.updated', (i %% 50000)::text,
                     jsonb_build_object('name', 'Acme ' || i, 'email', 'acme' || i || '@example.test'), %s
                from generate_series(?, ?) i
              """,
              "public.odoo_action_outbox",
              """
              insert into public.odoo_action_outbox (action, args, status, ordering_key, idempotency_key, attempts,
                     created_at, applied_at, next_attempt_at, response_status)
              select 'res.partner.update', jsonb_build_object('id', i %% 50000), 'applied',
                     'res.partner:' || i %% 50000, 'bench_' || i, 1, w, w, w, 200
                from (select i, %s as w from generate_series(?, ?) i) as finished
              """,
              "bridge.event_delivery",
              """
              insert into bridge.event_delivery (target, event_id, event_created_at, status, correlation_id,
                     ordering_key, idempotency_key, attempts, created_at, delivered_at, next_attempt_at, response_status)
              select 'subscriber:' || 1 + i %% 5, i, w, 'delivered', gen_random_uuid(),
                     'res.partner:' || i %% 50000, 'evt_' || i, 1, w, w, w, 200
                from (select i, %s as w from generate_series(?, ?) i) as finished
              """,
              "bridge.event_key",
              """
              insert into bridge.event_key (source, event_id, body_sha256, audit_event_id, correlation_id, created_at)
              select 'odoo', gen_random_uuid()::text, decode(md5(i::text) || md5(i::text), 'hex'), i,
                     gen_random_uuid(), %s
                from generate_series(?, ?) i
              """));

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;

  FinishedRows(BenchDatabase database) {
    this.jdbc = database.jdbc();
    this.transaction =
        new TransactionTemplate(new DataSourceTransactionManager(jdbc.getDataSource()));
  }

  /** Adds so many to each table, in steps. */
  void add(int count, Progress progress) {
    // More come at once than the bridge makes partitions for.
    jdbc.queryForList("select bridge.make_event_partitions(1000000, ?)", count / 1_000_000 + 5);
    List<String> tables = List.copyOf(INSERTS.keySet());
    for (int first = 1; first <= count; first += STEP) {
      for (String table : tables) {
        addStep(table, first, Math.min(count, first + STEP - 1));
      }
      progress.done((double) first / count);
    }
  }

  /** Fills a new partition of events, which are all that it takes, in steps. */
  void fillPartition(int size, Progress progress) {
    jdbc.queryForList(
        "select setval('public.audit_event_id_seq', (select max(until_id) - 1 from bridge.event_partitions())),"
            + " bridge.make_event_partitions(?, 2)",
        size);
    long left =
        jdbc.queryForObject(
            "select until_id - 1 - pg_sequence_last_value('public.audit_event_id_seq') from bridge.event_partitions()"
                + " where from_id = 1 + pg_sequence_last_value('public.audit_event_id_seq')",
            Long.class);
    for (long done = 0; done < left; done += STEP) {
      addStep("public.audit_event", 1, (int) Math.min(STEP, left - done));
      progress.done((double) done / left);
    }
  }

  private void addStep(String table, int first, int last) {
    transaction.executeWithoutResult(
        status -> {
          // Triggers would fan out what is long delivered; the lock keeps the bridge's rows out.
          jdbc.execute("alter table " + table + " disable trigger user");
          jdbc.update(INSERTS.get(table).formatted(WHEN), first, last);
          jdbc.execute("alter table " + table + " enable trigger user");
        });
  }
}
