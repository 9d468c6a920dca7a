package net.insightpulseai.bridge.partition;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import net.insightpulseai.bridge.config.StartRefused;
import net.insightpulseai.bridge.database.Blockers;
import net.insightpulseai.bridge.database.SqlCause;
import net.insightpulseai.bridge.database.SqlFile;
import net.insightpulseai.bridge.retention.RetentionSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Makes the existing table of events the first partition of a new one, while events come in. Each
 * step is one transaction and begins with a look at the catalog, so that it may be ended at any
 * time and run again.
 */
public final class PartitionMove {

  /** What is to be done next. */
  enum Step {
    /** The table is to promise that its ids stay below one, without a look at its rows. */
    BOUND("add a constraint: its ids stay below %,d"),
    /** The promise is to be kept by the rows that are there. */
    VALIDATE("look whether all rows are below %,d; this reads the table once"),
    /** It is to become the first partition. */
    SWAP("make it the first partition, up to id %,d, in one transaction"),
    /** The planner is to know the whole. */
    ANALYZE("take statistics of the whole"),
    /** There is nothing to do. */
    DONE("nothing");

    private final String words;

    Step(String words) {
      this.words = words;
    }

    String words(long bound) {
      return String.format(Locale.ROOT, words, bound);
    }
  }

  /** Everybody's inserts wait behind a request for an exclusive lock. */
  private static final String SHORT_WAIT = "set lock_timeout = '500ms'";

  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String DEADLOCK = "40P01";

  /** From so many ids below the bound on, the bridge gives the promise up. */
  private static final long NEAR = 1_000_000;

  /** As many ids as may come at least until the last step. */
  private static final long ROOM = 3 * NEAR;

  private final DataSource dataSource;
  private final RetentionSettings settings;
  private final PrintStream out;
  private final Duration patience;
  private final Duration pause;

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
    this.pause = pause;
  }

  /** Prints what {@link #run} would do. */
  public void plan() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      State state = State.of(jdbc(connection));
      state.print(out);
      for (Step step = state.next(); step != Step.DONE; step = Step.values()[step.ordinal() + 1]) {
        out.println("would " + step.words(bound(state)));
      }
      if (state.next() == Step.DONE) {
        out.println(state.partitions() + " partitions; nothing is left to do");
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
      State state = State.of(jdbc);
      state.print(out);
      for (Step step = state.next(); step != Step.DONE; ) {
        long bound = bound(state);
        out.print(step.words(bound) + " ... ");
        out.flush();
        long started = System.nanoTime();
        act(jdbc, step, bound);
        out.printf(Locale.ROOT, "done in %,d ms%n", (System.nanoTime() - started) / 1_000_000);
        state = State.of(jdbc);
        // A table without a row has no statistics, however often they are taken.
        step = step == Step.ANALYZE ? Step.DONE : state.next();
      }
      out.println("public.audit_event has " + state.partitions() + " partitions");
    }
  }

  private static JdbcTemplate jdbc(Connection connection) {
    return new JdbcTemplate(new SingleConnectionDataSource(connection, true));
  }

  /** The constraint's, or one that leaves room for the time until the last step. */
  private long bound(State state) {
    if (state.bound() != null && state.next() != Step.BOUND) {
      return state.bound();
    }
    long size = settings.partitionRows();
    return ((state.lastId() + Math.max(ROOM, state.perDay())) / size + 1) * size;
  }

  private void act(JdbcTemplate jdbc, Step step, long bound) {
    long started = System.nanoTime();
    while (true) {
      try {
        switch (step) {
          case BOUND ->
              jdbc.execute(
                  "alter table public.audit_event drop constraint if exists audit_event_bound,"
                      + " add constraint audit_event_bound check (id < "
                      + bound
                      + ") not valid");
          case VALIDATE ->
              jdbc.execute("alter table public.audit_event validate constraint audit_event_bound");
          case SWAP ->
              jdbc.query(
                  SqlFile.read("partition/swap"),
                  row -> {},
                  settings.partitionRows(),
                  settings.partitionsAhead());
          case ANALYZE -> jdbc.execute("analyze public.audit_event");
          case DONE -> {}
        }
        return;
      } catch (DataAccessException e) {
        if (!SqlCause.hasState(e, LOCK_NOT_AVAILABLE) && !SqlCause.hasState(e, DEADLOCK)) {
          throw e;
        }
        String blockers = Blockers.describe(dataSource);
        if (System.nanoTime() - started > patience.toNanos() || !paused()) {
          throw new StartRefused(
              "The table public.audit_event",
              "locks that others have held for " + patience.toSeconds() + " s: " + blockers,
              "none of them, for a moment. End them, then run partition again");
        }
        out.print("waits for " + blockers + " ... ");
        out.flush();
      }
    }
  }

  private boolean paused() {
    try {
      // The command's own thread: PostgreSQL tells nobody that a lock is free.
      Thread.sleep(pause.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A look at the catalog. */
  private record State(Map<String, Object> row) {

    static State of(JdbcTemplate jdbc) {
      State state = new State(jdbc.queryForMap(SqlFile.read("partition/state")));
      if ("other".equals(state.storage())) {
        throw new StartRefused(
            "The table public.audit_event",
            "partitions that the bridge has not made",
            "one table; what made them, such as pg_partman, goes on with it");
      }
      if (state.row.get("obstacles") != null) {
        throw new StartRefused(
            "The table public.audit_event",
            String.valueOf(state.row.get("obstacles")),
            "none of this, which a partitioned table cannot have. Remove it, then run partition"
                + " again");
      }
      if (!Boolean.TRUE.equals(state.row.get("owner"))) {
        throw new StartRefused(
            "The user of bridge.database.url (SUPABASE_DB_URL)",
            "one who does not own public.audit_event",
            "the table's owner, such as postgres");
      }
      return state;
    }

    Step next() {
      if (storage().equals("table")) {
        Long bound = bound();
        if (bound == null || bound - lastId() <= NEAR) {
          return Step.BOUND;
        }
        return Boolean.TRUE.equals(row.get("validated")) ? Step.SWAP : Step.VALIDATE;
      }
      return Boolean.TRUE.equals(row.get("analyzed")) || lastId() == 0 ? Step.DONE : Step.ANALYZE;
    }

    void print(PrintStream out) {
      if (storage().equals("table")) {
        out.printf(
            Locale.ROOT,
            "public.audit_event: one table, about %,d events, %s, last id %,d, %,d a day%n",
            number("events"),
            row.get("size"),
            lastId(),
            perDay());
      }
    }

    String storage() {
      return String.valueOf(row.get("storage"));
    }

    @Nullable Long bound() {
      return row.get("bound") instanceof Number number ? Long.valueOf(number.longValue()) : null;
    }

    long lastId() {
      return number("last_id");
    }

    long perDay() {
      return number("per_day");
    }

    long partitions() {
      return number("partitions");
    }

    private long number(String column) {
      return row.get(column) instanceof Number number ? number.longValue() : 0;
    }
  }
}
