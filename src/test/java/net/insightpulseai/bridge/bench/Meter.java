package net.insightpulseai.bridge.bench;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.springframework.jdbc.core.JdbcTemplate;

/** What something costs: processor time, transactions and write-ahead log. */
final class Meter {

  // Exact at once, unlike pg_stat_database, which lags by up to ten seconds on an idle connection.
  private static final String WRITTEN =
      """
      select pg_snapshot_xmax(pg_current_snapshot())::text::numeric as transactions,
             pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') as wal
      """;

  private final JdbcTemplate jdbc;
  private final List<PackagedBridge> bridges;
  private final OptionalLong postmaster;

  /**
   * @param bridges whose processor time counts as the bridge's; others may join them
   */
  Meter(BenchDatabase database, List<PackagedBridge> bridges) {
    this.jdbc = database.jdbc();
    this.bridges = bridges;
    this.postmaster = database.isLocal() ? Processes.postmaster(jdbc) : OptionalLong.empty();
  }

  /** Whether PostgreSQL's processor time can be read. */
  boolean seesPostgres() {
    return postmaster.isPresent();
  }

  Reading read() {
    OptionalDouble ofBridge =
        Processes.cpuSeconds(bridges.stream().map(PackagedBridge::process).toList());
    OptionalDouble ofPostgres =
        postmaster.isPresent()
            ? Processes.treeCpuSeconds(postmaster.getAsLong())
            : OptionalDouble.empty();
    OptionalDouble ofThis = Processes.cpuSeconds(ProcessHandle.current());
    return jdbc.queryForObject(
        WRITTEN,
        (row, number) ->
            new Reading(
                ofBridge, ofPostgres, ofThis, row.getDouble("transactions"), row.getDouble("wal")));
  }

  /**
   * The meter at one moment.
   *
   * @param bridge seconds of processor time
   * @param postgres the same of all its processes
   * @param load the same of this process: the load generator and the sink
   * @param transactions that wrote
   * @param wal bytes of write-ahead log
   */
  record Reading(
      OptionalDouble bridge,
      OptionalDouble postgres,
      OptionalDouble load,
      double transactions,
      double wal) {

    /** Adds what one of {@code count} has cost since this reading. */
    void addCosts(Figures figures, String measure, String what, Reading now, long count) {
      addCpu(figures, measure, what + ", bridge", bridge, now.bridge, count);
      addPostgres(figures, measure, what, now, count);
      addCpu(figures, measure, what + ", load generator and sink", load, now.load, count);
      figures.add(
          measure,
          what + ", writing transactions",
          Unit.TRANSACTIONS,
          (now.transactions - transactions) / count);
      figures.add(measure, what + ", write-ahead log", Unit.BYTES, (now.wal - wal) / count);
    }

    /** Adds PostgreSQL's part alone. */
    void addPostgres(Figures figures, String measure, String what, Reading now, long count) {
      addCpu(figures, measure, what + ", PostgreSQL", postgres, now.postgres, count);
    }

    private static void addCpu(
        Figures figures,
        String measure,
        String label,
        OptionalDouble before,
        OptionalDouble after,
        long count) {
      if (before.isPresent() && after.isPresent()) {
        figures.add(
            measure,
            label,
            Unit.CPU_MICROSECONDS,
            (after.getAsDouble() - before.getAsDouble()) * 1e6 / count);
      }
    }
  }
}
