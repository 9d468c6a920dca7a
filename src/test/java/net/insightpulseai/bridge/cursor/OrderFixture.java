package net.insightpulseai.bridge.cursor;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.insightpulseai.bridge.TestDatabase;
import org.springframework.jdbc.core.JdbcTemplate;

/** A database with readers of its events, as one bridge has them. */
final class OrderFixture implements AutoCloseable {

  static final int MOST = 100;

  final TestDatabase database;
  final JdbcTemplate jdbc;
  final EventOrder order;
  final SubscriberPositions positions;

  OrderFixture(TestDatabase database) {
    this.database = database;
    this.jdbc = database.jdbc();
    RestoredEvents restored = new RestoredEvents(database.dataSource());
    this.order = new EventOrder(database.dataSource(), restored);
    this.positions = new SubscriberPositions(database.dataSource(), restored);
  }

  /** Saves a position that was made since the subscriber was moved last. */
  boolean save(long subscriber, Position reached) {
    return positions.save(subscriber, new Bookmark(reached, moves(subscriber)));
  }

  int moves(long subscriber) {
    Bookmark bookmark = positions.bookmark(subscriber);
    return bookmark == null ? 0 : bookmark.moves();
  }

  /** A bridge that starts on the same database. */
  OrderFixture restarted() {
    return new OrderFixture(database);
  }

  long subscribe(String name, String patterns) {
    Long id =
        jdbc.queryForObject(
            "insert into bridge.subscriber (name, kind, event_types) values (?, 'pull', ?::text[]) returning id",
            Long.class,
            name,
            patterns);
    return id == null ? 0 : id;
  }

  /** Stores an event, and waits until it may be read. */
  long store(String type) {
    long id = insert(type);
    awaitReadable();
    return id;
  }

  /**
   * Waits until everything that was committed so far may be read. Any open transaction of the
   * server hides what came after it, be it in another database or a worker of autovacuum.
   */
  void awaitReadable() {
    String end = query("select pg_snapshot_xmax(pg_current_snapshot())::text");
    await()
        .pollInterval(Duration.ofMillis(10))
        .until(
            () ->
                query(
                        "select (pg_snapshot_xmin(pg_current_snapshot()) >= '%s'::xid8)::text"
                            .formatted(end))
                    .equals("true"));
  }

  private String query(String sql) {
    return requireNonNull(jdbc.queryForObject(sql, String.class));
  }

  long insert(String type) {
    Long id =
        jdbc.queryForObject(
            "insert into public.audit_event (source, event_type, resource_id) values ('odoo', ?, '1') returning id",
            Long.class,
            type);
    return id == null ? 0 : id;
  }

  /** The ids of everything behind a position. */
  List<Long> idsAfter(long subscriber, Position after) {
    List<Long> ids = new ArrayList<>();
    EventBatch batch;
    Position at = after;
    do {
      batch = order.read(subscriber, at, MOST, MOST);
      batch.events().forEach(event -> ids.add(event.id()));
      at = batch.next();
    } while (batch.more());
    return ids;
  }

  /** Makes the server count transactions. */
  void count(int transactions) {
    jdbc.execute(
        "do $$ begin for i in 1..%d loop perform pg_current_xact_id(); commit; end loop; end $$"
            .formatted(transactions));
  }

  @Override
  public void close() {
    database.close();
  }
}
