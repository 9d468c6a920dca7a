package net.insightpulseai.bridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import net.insightpulseai.bridge.TestDatabase;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Rows of either queue that live and die, and an operator. */
final class DeadRowsFixture implements AutoCloseable {

  final JdbcTemplate jdbc;
  final DeadRows rows;
  private final TestDatabase database = TestDatabase.fresh();
  private final NamedParameterJdbcTemplate named;
  private final TransactionTemplate transaction;

  DeadRowsFixture() {
    jdbc = database.jdbc();
    named = new NamedParameterJdbcTemplate(jdbc);
    rows = new DeadRows(named, new QueueWakeUp());
    transaction = new TransactionTemplate(new DataSourceTransactionManager(database.dataSource()));
    jdbc.update(
        "insert into bridge.subscriber (name, kind, event_types) values ('shop', 'webhook', '{none}')");
    jdbc.update("insert into public.audit_event (source, event_type) values ('odoo', 'x.y')");
  }

  static String target(Queue queue) {
    return queue == Queue.ODOO_ACTIONS ? "odoo" : "subscriber:1";
  }

  long insert(Queue queue, String lane) {
    return jdbc.queryForObject(
        queue == Queue.ODOO_ACTIONS
            ? "insert into public.odoo_action_outbox (action, ordering_key) values ('x.y', ?) returning id"
            : "insert into bridge.event_delivery (target, event_id, event_created_at, correlation_id, ordering_key,"
                + " idempotency_key) select 'subscriber:1', id, created_at, correlation_id, ?, 'evt_' || id"
                + " from public.audit_event where id = 1 returning id",
        Long.class,
        lane);
  }

  QueueStore store(Queue queue) {
    return new QueueStore(queue, named, "engine", false, row -> DeadLetter.plain(row.payload()));
  }

  List<ClaimedRow> claim(Queue queue) {
    return store(queue)
        .claim(target(queue), BatchPolicy.ONE_BY_ONE, 100, LaneCursor.START, EngineFixture.LEASE)
        .rows();
  }

  void settle(Queue queue, List<ClaimedRow> claimed, Outcome outcome) {
    List<Ack> acks =
        claimed.stream().map(row -> new Ack(row, outcome, Duration.ZERO, true)).toList();
    assertThat(store(queue).ack(acks).ids()).hasSameSizeAs(claimed);
  }

  /** Inserts a row of this lane and lets it die. */
  long dead(Queue queue, String lane) {
    long id = insert(queue, lane);
    List<ClaimedRow> claimed = claim(queue);
    assertThat(claimed).extracting(ClaimedRow::id).containsExactly(id);
    settle(queue, claimed, Outcome.dead("rejected", "no"));
    return id;
  }

  /** The letter that is open of a row. */
  DeadRows.Asked open(Queue queue, long row) {
    return new DeadRows.Asked(
        row,
        jdbc.queryForObject(
            "select id from bridge.dead_letter where queue = ? and row_id = ? and resolution is null",
            Long.class,
            queue.label(),
            row));
  }

  String requeue(Queue queue, DeadRows.Asked asked, boolean force) {
    return rows.requeue(queue, List.of(asked), act(force, false)).get(0).outcome();
  }

  String requeue(Queue queue, DeadRows.Asked asked) {
    return requeue(queue, asked, false);
  }

  String discard(Queue queue, DeadRows.Asked asked) {
    return rows.discard(queue, List.of(asked), act(false, false)).get(0).outcome();
  }

  static DeadRows.Act act(boolean force, boolean dryRun) {
    return new DeadRows.Act("ann", "mended", force, dryRun);
  }

  Map<String, Object> row(Queue queue, long id) {
    return jdbc.queryForMap(
        queue == Queue.ODOO_ACTIONS
            ? "select * from public.odoo_action_outbox where id = ?"
            : "select * from bridge.event_delivery where id = ?",
        id);
  }

  /** The payloads of what the bridge says of itself, of one type. */
  List<String> audited(String eventType) {
    return jdbc.queryForList(
        "select payload::text from public.audit_event where event_type = ? order by id",
        String.class,
        eventType);
  }

  /** Does the first thing elsewhere, and the second one in a snapshot of before. */
  void inSnapshot(Runnable first, Runnable second) {
    TransactionTemplate snapshot = new TransactionTemplate(transaction.getTransactionManager());
    snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    snapshot.executeWithoutResult(
        status -> {
          jdbc.queryForList("select 1 from bridge.subscriber");
          CompletableFuture.runAsync(first).join();
          second.run();
        });
  }

  /**
   * Does the second thing after the first one and before its commit; it must wait for that.
   *
   * @return what came of the second thing
   */
  <A> A whileUncommitted(Runnable first, Supplier<A> second) {
    CompletableFuture<A> other =
        transaction.execute(
            status -> {
              first.run();
              CompletableFuture<A> started = CompletableFuture.supplyAsync(second);
              await().atMost(Duration.ofSeconds(20)).until(() -> started.isDone() || waiting());
              return started;
            });
    return other.join();
  }

  private boolean waiting() {
    return new JdbcTemplate(database.dataSource())
            .queryForObject(
                "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
                Integer.class)
        > 0;
  }

  @Override
  public void close() {
    database.close();
  }
}
