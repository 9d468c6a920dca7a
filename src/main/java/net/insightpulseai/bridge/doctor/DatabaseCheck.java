package net.insightpulseai.bridge.doctor;

import java.time.Clock;
import net.insightpulseai.bridge.config.ThisMachine;
import net.insightpulseai.bridge.database.DatabaseAddress;
import net.insightpulseai.bridge.database.SqlFile;
import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.JdbcTemplate;

/** Checks the database server, the connection to it, and its clock. */
class DatabaseCheck {

  private static final int OLDEST = 15;

  private record Session(
      String who,
      int version,
      double clock,
      boolean replica,
      boolean readOnly,
      boolean tls,
      String size) {}

  private final Clock clock;

  DatabaseCheck(Clock clock) {
    this.clock = clock;
  }

  void run(DoctorReport report, DatabaseAddress address, JdbcTemplate jdbc) {
    Session session =
        jdbc.query(SqlFile.read("doctor/session"), new DataClassRowMapper<>(Session.class)).get(0);
    int version = session.version();
    if (version < OLDEST) {
      report.fail("PostgreSQL " + version, "upgrade to " + OLDEST + " or later");
    } else {
      report.ok(
          "database "
              + address
              + " as "
              + session.who()
              + ": PostgreSQL "
              + version
              + ", "
              + session.size());
    }
    if (session.replica()) {
      report.fail("this server is a read-only replica", "use the primary's address");
    } else if (session.readOnly()) {
      report.fail(
          "the database is read-only: nothing can be stored",
          "Supabase does this when the disk is full: free or add space, then see its documentation on read-only mode");
    }
    if (address.pooler()) {
      report.warn(
          "the connection goes through a transaction pooler: without LISTEN, the queues are polled",
          "use port 5432 (session pooler or direct), where LISTEN and migrations work");
    } else {
      report.ok("the connection keeps its session: LISTEN and migrations work");
    }
    if (!session.tls() && !ThisMachine.is(address.host())) {
      report.warn("the connection is not encrypted", "remove sslmode from SUPABASE_DB_URL");
    }
    double seconds = clock.millis() / 1000.0 - session.clock();
    ClockSkew.check(report, "the database", seconds);
  }
}
