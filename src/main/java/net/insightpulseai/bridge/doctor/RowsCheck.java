package net.insightpulseai.bridge.doctor;

import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.database.SqlFile;
import net.insightpulseai.bridge.incident.IncidentKind;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.unit.DataSize;

/** Checks what waits for an operator, and how long the disk will last. */
class RowsCheck {

  private static final int SOON = 30;
  private static final int FEW = 1_000;
  private static final int FEW_PARTITIONS = 2;
  private static final long MANY = 10_000_000;

  void run(DoctorReport report, JdbcTemplate jdbc, DataSize disk) {
    Map<String, Object> rows = jdbc.queryForMap(SqlFile.read("doctor/rows"));
    warnAbout(
        report,
        number(rows, "held"),
        "actions held, from before the bridge was installed",
        IncidentKind.ACTIONS_HELD.remedy());
    warnAbout(
        report,
        number(rows, "overdue"),
        "actions due for more than 15 minutes",
        "check that a bridge is running, that ODOO_BASE_URL is set, and that odoo is not paused");
    warnAbout(report, number(rows, "dead"), "dead letters", IncidentKind.DEAD_LETTERS.remedy());
    Object stopped = rows.get("stopped");
    if (stopped == null) {
      report.ok("every target is running");
    } else {
      report.warn("not running: " + stopped, IncidentKind.TARGET_PAUSED.remedy());
    }
    incidents(report, jdbc);
    partitions(report, jdbc);
    size(report, jdbc, disk);
  }

  /** What a running bridge has reported, including what only it can see. */
  private static void incidents(DoctorReport report, JdbcTemplate jdbc) {
    List<Map<String, Object>> open = jdbc.queryForList(SqlFile.read("doctor/incidents"));
    open.forEach(
        one -> report.warn("open incident: " + one.get("what"), String.valueOf(one.get("remedy"))));
    if (open.isEmpty()) {
      report.ok("no open incidents");
    }
  }

  private static void partitions(DoctorReport report, JdbcTemplate jdbc) {
    Map<String, Object> found = jdbc.queryForMap(SqlFile.read("doctor/partitions"));
    long left = number(found, "left_over");
    String storage = String.valueOf(found.get("storage"));
    if (storage.equals("partitions")) {
      String what = left + " partitions of audit_event wait for new events";
      if (left < FEW_PARTITIONS) {
        report.fail(what, IncidentKind.PARTITIONS_FEW.remedy());
      } else {
        report.ok(what);
      }
    } else if (storage.equals("other")) {
      report.ok("audit_event has partitions that the bridge leaves alone");
    } else if (number(found, "events") >= MANY) {
      report.warn(
          "audit_event is one table of " + number(found, "events") + " events",
          "run \"bridge partition\": old events then go with their partition, not row by row");
    } else {
      report.ok("audit_event is one table");
    }
  }

  private static void size(DoctorReport report, JdbcTemplate jdbc, DataSize disk) {
    Map<String, Object> size = jdbc.queryForMap(SqlFile.read("doctor/size"));
    long events = number(size, "events");
    if (events < FEW) {
      report.ok("too few events yet to estimate the disk usage");
      return;
    }
    long bytes = number(size, "bytes") / events;
    long daily = number(size, "per_day");
    String what = bytes + " bytes per event, " + daily + " events in the last day";
    if (disk.toBytes() == 0 || daily == 0) {
      report.ok(what);
      return;
    }
    long days = Math.max(0, disk.toBytes() - number(size, "used")) / (bytes * daily);
    String full = what + ": " + disk.toGigabytes() + " GB will be full in " + days + " days";
    if (days < SOON) {
      report.warn(full, IncidentKind.DISK_FULL.remedy());
    } else {
      report.ok(full);
    }
  }

  private static void warnAbout(DoctorReport report, long count, String what, String remedy) {
    if (count == 0) {
      report.ok("no " + what);
    } else {
      report.warn(count + " " + what, remedy);
    }
  }

  private static long number(Map<String, Object> row, String column) {
    return row.get(column) instanceof Number number ? number.longValue() : 0;
  }
}
