package net.insightpulseai.bridge.outbox;

import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.insightpulseai.bridge.TestDatabase;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Engines on a database of their own, with handlers in place of routes. */
final class EngineFixture implements AutoCloseable {

  static final Duration LEASE = Duration.ofSeconds(60);

  final JdbcTemplate jdbc;
  final NamedParameterJdbcTemplate named;
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final List<TargetProbe> probes = new ArrayList<>();
  TargetLimits limits = TargetLimits.NONE;
  final Map<String, TargetShare.Share> shares = new ConcurrentHashMap<>();
  BatchPolicy batchPolicy = target -> BatchPolicy.ONE_BY_ONE;
  Clock clock = Clock.systemUTC();
  OutboxSettings settings = settings(Duration.ofMillis(20), 32, 8, false);
  private final List<QueueEngine> engines = new ArrayList<>();
  private final ExecutorService workers = Executors.newCachedThreadPool();

  private final TestDatabase database;

  EngineFixture(TestDatabase database) {
    this.database = database;
    this.jdbc = new JdbcTemplate(database.dataSource());
    this.named = new NamedParameterJdbcTemplate(jdbc);
  }

  static OutboxSettings settings(Duration poll, int slots, int perTarget, boolean block) {
    return settings(poll, slots, perTarget, Duration.ofMillis(200), block);
  }

  static OutboxSettings settings(
      Duration poll, int slots, int perTarget, Duration ahead, boolean block) {
    return new OutboxSettings(poll, false, slots, perTarget, ahead, block, "");
  }

  QueueStore store(String instance) {
    return new QueueStore(
        Queue.ODOO_ACTIONS,
        named,
        instance,
        settings.blockLaneOnError(),
        row -> DeadLetter.plain(row.payload()));
  }

  /** A handler that takes the rows of a call one after the other. */
  interface OneByOne extends RowHandler {

    Outcome handle(ClaimedRow row) throws Exception;

    @Override
    default List<Outcome> handle(List<ClaimedRow> rows) throws Exception {
      List<Outcome> handled = new ArrayList<>();
      for (ClaimedRow row : rows) {
        handled.add(handle(row));
      }
      return handled;
    }
  }

  QueueEngine engine(String instance, OneByOne handler, RowsFinishedListener... listeners) {
    return engineOfCalls(instance, handler, listeners);
  }

  QueueEngine engineOfCalls(
      String instance, RowHandler handler, RowsFinishedListener... listeners) {
    QueueEngine engine =
        new QueueEngine(
            Queue.ODOO_ACTIONS,
            store(instance),
            settings,
            workers,
            new CircuitBreakers(probes, clock),
            limits,
            queue -> shares.getOrDefault(instance, TargetShare.ALL),
            batchPolicy,
            new QueueMetrics(meters, Queue.ODOO_ACTIONS.label()),
            List.of(listeners));
    engines.add(engine);
    engine.attach(handler, LEASE);
    return engine;
  }

  /** Sets a limit of the database's sessions, which begin anew. */
  void limit(String setting, String value) {
    String database = jdbc.queryForObject("select current_database()", String.class);
    jdbc.execute("alter database " + database + " set " + setting + " = '" + value + "'");
    ((HikariDataSource) jdbc.getDataSource()).getHikariPoolMXBean().softEvictConnections();
  }

  /** As a notification of new rows. */
  void signal() {
    engines.forEach(QueueEngine::wake);
  }

  static Outcome done(int status, String body) {
    return Outcome.done("ok").answered(status, body);
  }

  static Outcome ok() {
    return done(200, "{\"ok\":true}");
  }

  /** Inserts one action as any SQL producer would. */
  long insert(String action, String args) {
    return jdbc.queryForObject(
        "insert into public.odoo_action_outbox (action, args) values (?, ?::jsonb) returning id",
        Long.class,
        action,
        args);
  }

  long insertFor(String target, String key) {
    return jdbc.queryForObject(
        "insert into public.odoo_action_outbox (action, args, target, ordering_key)"
            + " values ('x.y', '{}', ?, ?) returning id",
        Long.class,
        target,
        key);
  }

  Map<String, Object> row(long id) {
    return jdbc.queryForMap("select * from public.odoo_action_outbox where id = ?", id);
  }

  String status(long id) {
    return (String) row(id).get("status");
  }

  int count(String where) {
    return jdbc.queryForObject(
        "select count(*) from public.odoo_action_outbox where " + where, Integer.class);
  }

  void awaitStatus(long id, String status) {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> status.equals(status(id)));
  }

  void awaitCount(String where, int expected) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> count(where) == expected);
  }

  @Override
  public void close() {
    engines.forEach(engine -> engine.close());
    workers.shutdownNow();
    database.close();
  }
}
