package net.insightpulseai.bridge.doctor;

import java.util.List;
import net.insightpulseai.bridge.database.PoolerSchema;
import net.insightpulseai.bridge.database.SqlFile;
import org.flywaydb.core.api.MigrationVersion;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** The schema's version, our rights on it, and what others may reach of it. */
class SchemaCheck {

  private static final String MIGRATE =
      "run the jar with migrate (make bridge-sql), or apply what make bridge-sql-print prints";

  /** Returns whether the schema is there, so that its rows can be looked at. */
  boolean run(Findings findings, JdbcTemplate jdbc) {
    MigrationVersion newest = PoolerSchema.newest();
    List<String> found;
    try {
      found = jdbc.queryForList(SqlFile.read("schema/version"), String.class);
    } catch (DataAccessException e) {
      findings.fail("schema bridge is not there, or not for this user", MIGRATE);
      return false;
    }
    if (found.isEmpty() || MigrationVersion.fromVersion(found.get(0)).compareTo(newest) < 0) {
      findings.fail("schema version " + found + ", this jar needs " + newest, MIGRATE);
      return false;
    }
    findings.ok("schema version " + found.get(0));

    List<String> missing = jdbc.queryForList(SqlFile.read("doctor/missing_rights"), String.class);
    if (missing.isEmpty()) {
      findings.ok("rights on all tables");
    } else {
      findings.fail(
          "rights are missing: " + String.join("; ", missing),
          "connect as postgres or as a member of service_role whose role is set to it");
    }
    List<String> exposed = jdbc.queryForList(SqlFile.read("doctor/exposure"), String.class);
    if (exposed.isEmpty()) {
      findings.ok("row level security is on, and the API's roles reach nothing of the queue");
    } else {
      findings.fail(String.join("; ", exposed), MIGRATE + "; it revokes these");
    }
    return missing.isEmpty();
  }
}
