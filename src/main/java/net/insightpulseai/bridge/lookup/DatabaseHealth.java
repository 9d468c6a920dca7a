package net.insightpulseai.bridge.lookup;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import net.insightpulseai.bridge.database.SqlFile;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Whether the database answers. It is asked at most once a second, however many requests come, and
 * none waits for longer than two seconds.
 */
@Component
class DatabaseHealth implements DisposableBean {

  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final int TIMEOUT_SECONDS = 2;

  private final JdbcTemplate jdbc;
  private final Clock clock;
  private final String sql = SqlFile.read("lookup/health");
  private final ExecutorService asker =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "database-health");
            thread.setDaemon(true);
            return thread;
          });
  private @Nullable Probe last;

  DatabaseHealth(@Qualifier("healthDatabase") DataSource database, Clock clock) {
    this.jdbc = new JdbcTemplate(database);
    this.jdbc.setQueryTimeout(TIMEOUT_SECONDS);
    this.clock = clock;
  }

  /**
   * The answer of the database.
   *
   * @param writable whether it takes writes: a standby does not, nor does Supabase's on a full disk
   * @param queues each queue's state by its name
   * @param odooStop whose act it is that nothing is sent to Odoo; null if it is not stopped
   * @param stoppedSubscribers how many are paused or disabled; their events wait
   */
  record Report(
      boolean writable,
      Map<String, String> queues,
      @Nullable OdooStop odooStop,
      int stoppedSubscribers) {}

  /** Who stopped sending to Odoo, when and why; in the words that were given. */
  record OdooStop(String state, @Nullable String by, @Nullable String why, Instant since) {}

  /** The answer of the database now, or null if there is none. */
  @Nullable Report ask() throws InterruptedException {
    try {
      return probe().answer.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return null;
    }
  }

  /** The last probe if it is recent or still unanswered, else a new one. */
  private synchronized Probe probe() {
    Instant now = clock.instant();
    Probe probe = last;
    if (probe == null || (probe.answer.isDone() && probe.at.plus(FRESH).isBefore(now))) {
      probe = new Probe(now, CompletableFuture.supplyAsync(this::read, asker));
      last = probe;
    }
    return probe;
  }

  private Report read() {
    return jdbc.queryForObject(
        sql,
        (row, n) ->
            new Report(
                row.getBoolean("writable"),
                new TreeMap<>(
                    Map.of(
                        "odoo-actions", row.getString("odoo_actions"),
                        "event-deliveries", row.getString("event_deliveries"))),
                odooStop(row),
                row.getInt("stopped_subscribers")));
  }

  private static @Nullable OdooStop odooStop(ResultSet row) throws SQLException {
    OffsetDateTime since = row.getObject("odoo_since", OffsetDateTime.class);
    return since == null
        ? null
        : new OdooStop(
            row.getString("odoo_actions"),
            row.getString("odoo_changed_by"),
            row.getString("odoo_reason"),
            since.toInstant());
  }

  @Override
  public void destroy() {
    asker.shutdownNow();
  }

  private record Probe(Instant at, CompletableFuture<Report> answer) {}
}
