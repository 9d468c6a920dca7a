package net.insightpulseai.bridge.doctor;

import java.util.Map;
import net.insightpulseai.bridge.database.SqlFile;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.unit.DataSize;

/** What waits for a person, and how long the disk lasts. */
class RowsCheck {

  private static final int SOON = 30;
  private static final int FEW = 1_000;

  void run(Findings findings, JdbcTemplate jdbc, DataSize disk) {
    Map<String, Object> rows = jdbc.queryForMap(SqlFile.read("doctor/rows"));
    warnAbout(
        findings,
        number(rows, "held"),
        "actions held, from before the bridge was installed",
        "releaseHeld or discardHeld in Hawtio, bridge:type=Outbox");
    warnAbout(
        findings,
        number(rows, "overdue"),
        "actions due for more than 15 minutes",
        "is a bridge running, with ODOO_BASE_URL set, and odoo not paused?");
    warnAbout(
        findings,
        number(rows, "dead"),
        "dead letters",
        "read GET /bridge/dead-letters, mend the cause, then requeue or discard them");
    Object stopped = rows.get("stopped");
    if (stopped == null) {
      findings.ok("every target is running");
    } else {
      findings.warn(
          "not running: " + stopped,
          "pair where the reason is a copy, else resume in Hawtio, bridge:type=Outbox");
    }
    size(findings, jdbc, disk);
  }

  private static void size(Findings findings, JdbcTemplate jdbc, DataSize disk) {
    Map<String, Object> size = jdbc.queryForMap(SqlFile.read("doctor/size"));
    long events = number(size, "events");
    if (events < FEW) {
      findings.ok("too few events yet to say how much disk one takes");
      return;
    }
    long bytes = number(size, "bytes") / events;
    long daily = number(size, "per_day");
    String what = bytes + " bytes per event, " + daily + " events in the last day";
    if (disk.toBytes() == 0 || daily == 0) {
      findings.ok(what);
      return;
    }
    long days = Math.max(0, disk.toBytes() - number(size, "used")) / (bytes * daily);
    String full = what + ": " + disk.toGigabytes() + " GB are full in " + days + " days";
    if (days < SOON) {
      findings.warn(full, "shorten bridge.retention.audit, or enlarge the disk");
    } else {
      findings.ok(full);
    }
  }

  private static void warnAbout(Findings findings, long count, String what, String remedy) {
    if (count == 0) {
      findings.ok("no " + what);
    } else {
      findings.warn(count + " " + what, remedy);
    }
  }

  private static long number(Map<String, Object> row, String column) {
    return row.get(column) instanceof Number number ? number.longValue() : 0;
  }
}
