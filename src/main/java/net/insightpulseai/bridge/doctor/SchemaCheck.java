package net.insightpulseai.bridge.doctor;

import java.util.List;
import net.insightpulseai.bridge.database.PoolerSchema;
import net.insightpulseai.bridge.database.SqlFile;
import org.flywaydb.core.api.MigrationVersion;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Checks the version of the schema, our rights on it, and what other roles can reach. */
class SchemaCheck {

  private static final String MIGRATE =
      "run the jar with migrate (make bridge-sql), or apply the output of make bridge-sql-print";

  /** Whether the schema is there and readable, so that its rows can be checked. */
  boolean run(DoctorReport report, JdbcTemplate jdbc) {
    MigrationVersion newest = PoolerSchema.newest();
    List<String> found;
    try {
      found = jdbc.queryForList(SqlFile.read("schema/version"), String.class);
    } catch (DataAccessException e) {
      report.fail("the schema bridge does not exist, or this user cannot use it", MIGRATE);
      return false;
    }
    if (found.isEmpty() || MigrationVersion.fromVersion(found.get(0)).compareTo(newest) < 0) {
      report.fail("schema version " + found + ", this jar needs " + newest, MIGRATE);
      return false;
    }
    report.ok("schema version " + found.get(0));

    List<String> missing = jdbc.queryForList(SqlFile.read("doctor/missing_rights"), String.class);
    if (missing.isEmpty()) {
      report.ok("all rights on the tables are granted");
    } else {
      report.fail(
          "rights are missing: " + String.join("; ", missing),
          "connect as postgres, or as a member of service_role that sets its role to it");
    }
    if (!Boolean.TRUE.equals(
        jdbc.queryForObject(SqlFile.read("doctor/deletes_events"), Boolean.class))) {
      report.warn(
          "this user may not delete rows of public.audit_event: events are kept for ever,"
              + " whatever bridge.retention.audit says",
          "connect as the table's owner (postgres), or delete old events with a job of the owner's");
    }
    List<String> exposed = jdbc.queryForList(SqlFile.read("doctor/exposure"), String.class);
    if (exposed.isEmpty()) {
      report.ok(
          "row level security is on, the API's users cannot reach the queue, and the audit is append-only");
    } else {
      report.fail(String.join("; ", exposed), MIGRATE + "; that revokes them");
    }
    return missing.isEmpty();
  }
}
