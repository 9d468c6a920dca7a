package net.insightpulseai.bridge.bench;

import java.time.Duration;
import java.util.List;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Rows of the bridge's tables, made and removed by SQL. */
final class Rows {

  private static final int TRIES = 5;

  private static final String IN_FLIGHT =
      """
      select exists (select from public.odoo_action_outbox where status = 'sent')
          or exists (select from bridge.event_delivery where status = 'sent')
      """;

  private static final String WRONG =
      """
      select (select count(*) from public.odoo_action_outbox
               where id > ? and (status <> 'applied' or attempts > 1))
           + (select count(*) from bridge.event_delivery
               where id > ? and (status <> 'delivered' or attempts > 1))
      """;

  private static final String NO_WEBHOOKS =
      "delete from bridge.subscriber where kind in ('webhook', 'kafka')";

  private static final String CLEAR =
      """
      truncate public.audit_event, public.odoo_action_outbox, bridge.event_delivery, bridge.event_key,
        bridge.attempt, bridge.dead_letter;
      """
          + NO_WEBHOOKS;

  private static final String ACTIONS =
      """
      insert into public.odoo_action_outbox (action, args, ordering_key)
      select 'res.partner.update', jsonb_build_object('id', i, 'values', jsonb_build_object('name', 'Acme ' || i)), %s
        from generate_series(1, ?) i
      """;

  // The same record of Odoo each time; the name tells the rows from others.
  private static final String HOT =
      """
      insert into public.odoo_action_outbox (action, args)
      select 'res.partner.update', jsonb_build_object('id', 0, 'values', jsonb_build_object('name', 'hot'))
        from generate_series(1, ?) i
      """;

  private static final String EVENTS =
      """
      insert into public.audit_event (source, event_type, resource_id, payload)
      select 'odoo', 'res.partner.updated', i::text, jsonb_build_object('name', 'Acme ' || i, 'email',
             'acme' || i || '@example.test', 'city', 'Brussels', 'credit_limit', i + 0.5)
        from generate_series(1, ?) i
      """;

  private final JdbcTemplate jdbc;

  Rows(BenchDatabase database) {
    this.jdbc = database.jdbc();
  }

  /** Empties the tables and removes the webhooks, while the bridge runs. */
  void clear() {
    for (int attempt = 1; ; attempt++) {
      try {
        jdbc.execute(CLEAR);
        return;
      } catch (ConcurrencyFailureException e) {
        // The bridge locked the tables in another order.
        if (attempt == TRIES) {
          throw e;
        }
      }
    }
  }

  void removeWebhooks() {
    jdbc.update(NO_WEBHOOKS);
  }

  /** Queues one action for each of so many records; without order if they are not keyed. */
  void queueActions(int count, boolean keyed) {
    jdbc.update(ACTIONS.formatted(keyed ? "null" : "''"), count);
  }

  /** Queues actions of one record. */
  void queueHot(int count) {
    jdbc.update(HOT, count);
  }

  /** Stores events, each of another record. */
  void storeEvents(int count) {
    jdbc.update(EVENTS, count);
  }

  /** What was there before: later rows have higher ids. */
  Mark mark() {
    return jdbc.queryForObject(
        "select (select coalesce(max(id), 0) from public.odoo_action_outbox) as action,"
            + " (select coalesce(max(id), 0) from bridge.event_delivery) as delivery",
        (row, number) -> new Mark(row.getLong("action"), row.getLong("delivery")));
  }

  /** The last id of each queue. */
  record Mark(long action, long delivery) {}

  /** Waits until nothing is in flight any more; cheap, so that it does not count. */
  void awaitOutcomes() {
    Pause.until(() -> !jdbc.queryForObject(IN_FLIGHT, Boolean.class), Duration.ofSeconds(30));
  }

  /** Fails if a row after a mark is not finished, failed, or was sent twice. */
  void requireFinished(Mark mark) {
    long wrong = jdbc.queryForObject(WRONG, Long.class, mark.action, mark.delivery);
    if (wrong > 0) {
      throw new BenchFailure(
          "%d rows are not finished, have failed, or were sent more than once; target/bench/bridge.log may say why"
              .formatted(wrong));
    }
  }

  /** The statistics of the planner, and no dead rows, so that autovacuum does not run meanwhile. */
  void vacuum() {
    for (String table :
        List.of(
            "public.audit_event",
            "public.odoo_action_outbox",
            "bridge.event_delivery",
            "bridge.event_key")) {
      jdbc.execute("vacuum (analyze) " + table);
    }
  }
}
