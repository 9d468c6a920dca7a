package net.insightpulseai.bridge.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Supplier;
import javax.sql.DataSource;
import net.insightpulseai.bridge.config.StartRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets one bridge at a time look at the history of migrations and migrate. */
final class MigrationTurn {

  private static final Logger LOG = LoggerFactory.getLogger(MigrationTurn.class);

  private final DataSource dataSource;
  private final Duration patience;
  private final Duration pause;

  /**
   * @param dataSource connects without a transaction pooler, which loses the lock of a session
   * @param patience how long to wait for another bridge
   * @param pause between two questions whether it has ended
   */
  MigrationTurn(DataSource dataSource, Duration patience, Duration pause) {
    this.dataSource = dataSource;
    this.patience = patience;
    this.pause = pause;
  }

  /**
   * Does something when no other bridge does.
   *
   * @return what the act returns
   * @throws StartRefused if another one takes too long
   */
  <T> T take(Supplier<T> act) throws SQLException {
    try (Connection session = dataSource.getConnection();
        Statement statement = session.createStatement()) {
      await(statement);
      try {
        return act.get();
      } finally {
        statement.execute(SqlFile.read("schema/unlock"));
      }
    }
  }

  private void await(Statement statement) throws SQLException {
    long started = System.nanoTime();
    boolean told = false;
    while (!isTaken(statement)) {
      String holder = holder(statement);
      if (System.nanoTime() - started >= patience.toNanos() || !LockPatience.paused(pause)) {
        throw new StartRefused(
            "The schema could not be updated within %d s, because another session updates it, or keeps others from it: %s. If it is a bridge that builds indexes, start again when it has ended; else end it, then start again"
                .formatted(patience.toSeconds(), holder));
      }
      if (!told) {
        LOG.warn(
            "The update of the schema waits up to {} s for that of another session: {}",
            patience.toSeconds(),
            holder);
        told = true;
      }
    }
  }

  /**
   * Asks and does not wait, which would also hold up the other session, if it builds an index while
   * others write.
   */
  private static boolean isTaken(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(SqlFile.read("schema/lock"))) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static String holder(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(SqlFile.read("schema/lock_holder"))) {
      return row.next()
          ? "pid %d (%s)".formatted(row.getInt("pid"), row.getString("application"))
          : "one that has just ended";
    }
  }
}
