package net.insightpulseai.bridge.doctor;

import java.time.Duration;
import net.insightpulseai.bridge.database.SqlFile;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Checks for transactions that have been open for long. The queues' rows change several times each;
 * while an old snapshot is held, no old version of them can be removed, and each claim takes longer
 * than the one before.
 */
class OldSnapshotsCheck {

  private static final Duration OLD = Duration.ofMinutes(10);

  void run(DoctorReport report, JdbcTemplate jdbc) {
    run(report, jdbc, OLD);
  }

  void run(DoctorReport report, JdbcTemplate jdbc, Duration old) {
    jdbc.query(
        SqlFile.read("doctor/old_snapshots"),
        row -> {
          int seconds = row.getInt("seconds");
          String age = row.wasNull() ? "" : ", open for " + seconds / 60 + " min";
          report.warn(
              row.getString("who") + age + ", keeps dead rows in the tables; the queues get slower",
              "end it: commit, select pg_terminate_backend(pid), or drop the unused slot");
        },
        old.toSeconds());
  }
}
