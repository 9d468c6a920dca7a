package net.insightpulseai.bridge.partition;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import net.insightpulseai.bridge.config.StartRefused;
import net.insightpulseai.bridge.database.LockPatience;
import net.insightpulseai.bridge.database.SqlFile;
import net.insightpulseai.bridge.retention.RetentionSettings;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Makes the existing table of events the first partition of a new one, while events come in. Each
 * step is one transaction and begins with a look at the catalog, so that it may be ended at any
 * time and run again.
 */
public final class PartitionMove {

  /** Everybody's inserts wait behind a request for an exclusive lock. */
  private static final String SHORT_WAIT = "set lock_timeout = '500ms'";

  /** As many ids as may come at least until the last step. */
  private static final long ROOM = 3_000_000;

  private final DataSource dataSource;
  private final RetentionSettings settings;
  private final PrintStream out;
  private final Duration patience;
  private final LockPatience locks;

  /**
   * @param dataSource connects as the owner of the table, without a limit on statements and not
   *     through a transaction pooler
   * @param settings how large partitions are
   * @param out where to print the steps
   * @param patience how long to try for locks that others hold
   * @param pause between two tries, in which those who waited behind ours go on
   */
  public PartitionMove(
      DataSource dataSource,
      RetentionSettings settings,
      PrintStream out,
      Duration patience,
      Duration pause) {
    this.dataSource = dataSource;
    this.settings = settings;
    this.out = out;
    this.patience = patience;
    this.locks = new LockPatience(dataSource, patience, pause);
  }

  /** Prints what {@link #run} would do. */
  public void plan() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      MoveState state = MoveState.of(jdbc(connection));
      state.print(out);
      if (state.next() == MoveStep.DONE) {
        out.println(state.partitions() + " partitions; nothing is left to do");
        return;
      }
      for (MoveStep step : EnumSet.range(state.next(), MoveStep.ANALYZE)) {
        out.println("would " + step.words(bound(state)));
      }
    }
  }

  /**
   * Does all that is left to do.
   *
   * @throws StartRefused if the table cannot be partitioned, or others hold locks for too long
   */
  public void run() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      JdbcTemplate jdbc = jdbc(connection);
      jdbc.execute(SHORT_WAIT);
      jdbc.execute("set statement_timeout = 0");
      MoveState state = MoveState.of(jdbc);
      state.print(out);
      for (MoveStep step = state.next(); step != MoveStep.DONE; ) {
        long bound = bound(state);
        out.print(step.words(bound) + " ... ");
        out.flush();
        long started = System.nanoTime();
        act(jdbc, step, bound);
        out.printf(Locale.ROOT, "done in %,d ms%n", (System.nanoTime() - started) / 1_000_000);
        state = MoveState.of(jdbc);
        // A table without a row has no statistics, however often they are taken.
        step = step == MoveStep.ANALYZE ? MoveStep.DONE : state.next();
      }
      out.println("public.audit_event has " + state.partitions() + " partitions");
    }
  }

  private static JdbcTemplate jdbc(Connection connection) {
    return new JdbcTemplate(new SingleConnectionDataSource(connection, true));
  }

  /** The constraint's, or one that leaves room for the time until the last step. */
  private long bound(MoveState state) {
    if (state.bound() != null && state.next() != MoveStep.BOUND) {
      return state.bound();
    }
    long size = settings.partitionRows();
    return ((state.lastId() + Math.max(ROOM, state.perDay())) / size + 1) * size;
  }

  private void act(JdbcTemplate jdbc, MoveStep step, long bound) {
    locks.of(
        () -> {
          switch (step) {
            case BOUND ->
                jdbc.execute(
                    SqlFile.read("partition/bound", Map.of("bound", String.valueOf(bound))));
            case VALIDATE -> jdbc.execute(SqlFile.read("partition/validate"));
            case SWAP ->
                jdbc.query(
                    SqlFile.read("partition/swap"),
                    row -> {},
                    settings.partitionRows(),
                    settings.partitionsAhead());
            case ANALYZE -> jdbc.execute(SqlFile.read("partition/analyze"));
            case DONE -> {}
          }
          return step;
        },
        blockers -> {
          out.print("waits for " + blockers + " ... ");
          out.flush();
        },
        blockers ->
            new StartRefused(
                "The table public.audit_event",
                "locks that others have held for " + patience.toSeconds() + " s: " + blockers,
                "none of them, for a moment. End them, then run partition again"));
  }
}
