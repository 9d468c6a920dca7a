package net.insightpulseai.bridge.lookup;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Whether the database answers, asked at most once a second however many want to know, and never
 * waited for longer than two.
 */
@Component
class DatabaseHealth implements DisposableBean {

  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final int PATIENCE_SECONDS = 2;

  private final JdbcTemplate jdbc;
  private final Clock clock;
  private final String sql = SqlFile.read("lookup/health");
  private final ExecutorService asker =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "database-pulse");
            thread.setDaemon(true);
            return thread;
          });
  private @Nullable Beat last;

  DatabaseHealth(DataSource database, Clock clock) {
    this.jdbc = new JdbcTemplate(database);
    this.jdbc.setQueryTimeout(PATIENCE_SECONDS);
    this.clock = clock;
  }

  /**
   * What the database tells.
   *
   * @param queues each queue's state by its name
   * @param stoppedSubscribers how many are paused or disabled; what is for them waits
   */
  record Told(Map<String, String> queues, int stoppedSubscribers) {}

  /** What the database tells now, or null if it does not answer. */
  @Nullable Told ask() throws InterruptedException {
    try {
      return beat().answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return null;
    }
  }

  /** The last question if it is fresh or still unanswered, else a new one. */
  private synchronized Beat beat() {
    Instant now = clock.instant();
    Beat beat = last;
    if (beat == null || (beat.answer.isDone() && beat.at.plus(FRESH).isBefore(now))) {
      beat = new Beat(now, CompletableFuture.supplyAsync(this::read, asker));
      last = beat;
    }
    return beat;
  }

  private Told read() {
    return jdbc.queryForObject(
        sql,
        (row, n) ->
            new Told(
                new TreeMap<>(
                    Map.of(
                        "odoo-actions", row.getString("odoo_actions"),
                        "event-deliveries", row.getString("event_deliveries"))),
                row.getInt("stopped_subscribers")));
  }

  @Override
  public void destroy() {
    asker.shutdownNow();
  }

  private record Beat(Instant at, CompletableFuture<Told> answer) {}
}
