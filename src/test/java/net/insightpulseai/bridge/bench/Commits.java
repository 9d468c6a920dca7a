package net.insightpulseai.bridge.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What the machine and its PostgreSQL can do at most, one event a commit: the same row into a table
 * without triggers and further indexes, over as many connections. Ratios to it hold on any machine.
 */
final class Commits implements AutoCloseable {

  private static final String TABLE =
      """
      create table if not exists bridge_bench.audit_event (
        id bigserial primary key, source text not null, event_type text not null, resource_id text,
        payload jsonb not null, correlation_id uuid not null default gen_random_uuid(),
        created_at timestamptz not null default now())
      """;

  private static final String INSERT =
      """
      insert into bridge_bench.audit_event (source, event_type, resource_id, payload)
      values ('odoo', 'res.partner.updated', ?,
        '{"name":"Acme","email":"a@example.test","city":"Brussels","credit_limit":1.5}'::jsonb)
      """;

  private final JdbcTemplate jdbc;
  private final List<Connection> connections = new ArrayList<>();
  private final ExecutorService threads;

  /** Makes the table, and connects. */
  Commits(BenchDatabase database, int count) {
    jdbc = database.jdbc();
    jdbc.execute(TABLE);
    threads = Executors.newFixedThreadPool(count);
    try {
      for (int i = 0; i < count; i++) {
        connections.add(database.connect());
      }
    } catch (SQLException e) {
      close();
      throw new BenchFailure(
          "PostgreSQL does not take %d connections for the bare commits (%s); set BENCH_CONNECTIONS to fewer, or raise max_connections"
              .formatted(count, e.getMessage()),
          e);
    }
  }

  /**
   * Commits rows for a while.
   *
   * @return how many
   */
  long run(Duration time) {
    jdbc.execute("truncate bridge_bench.audit_event");
    long end = System.nanoTime() + time.toNanos();
    List<Callable<Long>> all = new ArrayList<>();
    connections.forEach(one -> all.add(() -> insert(one, end)));
    try {
      long sum = 0;
      for (Future<Long> one : threads.invokeAll(all)) {
        sum += one.get();
      }
      return sum;
    } catch (ExecutionException e) {
      throw new BenchFailure("a bare commit failed: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted");
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    connections.forEach(Commits::close);
  }

  private static long insert(Connection connection, long end) throws SQLException {
    long count = 0;
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      for (; System.nanoTime() - end < 0; count++) {
        statement.setString(1, String.valueOf(count));
        statement.executeUpdate();
      }
    }
    return count;
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // The server ends it with the process at the latest.
    }
  }
}
