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
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.stereotype.Component;

/**
 * Whether the database answers, asked at most once a second however many want to know, and never
 * waited for longer than two.
 */
@Component
class DatabasePulse implements DisposableBean {

  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final int PATIENCE_SECONDS = 2;

  private final JdbcTemplate jdbc;
  private final Clock clock;
  private final String sql = SqlFile.read("health");
  private final ExecutorService asker =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "database-pulse");
            thread.setDaemon(true);
            return thread;
          });
  private @Nullable Beat last;

  DatabasePulse(DataSource database, Clock clock) {
    this.jdbc = new JdbcTemplate(database);
    this.jdbc.setQueryTimeout(PATIENCE_SECONDS);
    this.clock = clock;
  }

  /** Each queue's state, or null if the database does not answer. */
  @Nullable Map<String, String> queues() throws InterruptedException {
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
      beat = new Beat(now, CompletableFuture.supplyAsync(this::ask, asker));
      last = beat;
    }
    return beat;
  }

  private Map<String, String> ask() {
    Map<String, String> queues = new TreeMap<>();
    jdbc.query(
        sql, (RowCallbackHandler) row -> queues.put(row.getString("name"), row.getString("state")));
    return queues;
  }

  @Override
  public void destroy() {
    asker.shutdownNow();
  }

  private record Beat(Instant at, CompletableFuture<Map<String, String>> answer) {}
}
