package net.insightpulseai.bridge.doctor;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import net.insightpulseai.bridge.database.DatabaseAddress;
import net.insightpulseai.bridge.database.SqlFile;
import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.JdbcTemplate;

/** The server, the way to it and its clock. */
class DatabaseCheck {

  private static final int OLDEST = 15;

  private record Session(
      String who, int version, double clock, boolean replica, boolean tls, String size) {}

  private final Clock clock;

  DatabaseCheck(Clock clock) {
    this.clock = clock;
  }

  void run(Findings findings, DatabaseAddress address, JdbcTemplate jdbc) {
    Session session =
        jdbc.query(SqlFile.read("doctor/session"), new DataClassRowMapper<>(Session.class)).get(0);
    int version = session.version();
    if (version < OLDEST) {
      findings.fail("PostgreSQL " + version, "upgrade to " + OLDEST + " or later");
    } else {
      findings.ok(
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
      findings.fail("this server is a read-only replica", "use the primary's address");
    }
    if (address.pooler()) {
      findings.warn(
          "a transaction pooler is in between: no LISTEN, the queues are polled",
          "port 5432 (session pooler or direct) wakes the engine at once and can migrate");
    } else {
      findings.ok("connection keeps its session: LISTEN and migrations work");
    }
    if (!session.tls() && !isThisMachine(address.host())) {
      findings.warn("the connection is not encrypted", "take sslmode out of SUPABASE_DB_URL");
    }
    double seconds = clock.millis() / 1000.0 - session.clock();
    ClockSkew.report(findings, "the database", seconds);
  }

  private static boolean isThisMachine(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
