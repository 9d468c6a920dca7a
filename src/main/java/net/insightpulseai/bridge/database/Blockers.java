package net.insightpulseai.bridge.database;

import java.util.List;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Names the sessions that hold locks on the bridge's tables, so that an operator can end one. */
public final class Blockers {

  private static final int TIMEOUT_SECONDS = 5;

  private Blockers() {}

  /**
   * At most three sessions, the oldest transaction first.
   *
   * @return one line, such as {@code pid 42 (psql, idle in transaction, 90 s, on audit_event)}; it
   *     says so if there is none, or if they cannot be read
   */
  public static String describe(DataSource database) {
    JdbcTemplate jdbc = new JdbcTemplate(database);
    jdbc.setQueryTimeout(TIMEOUT_SECONDS);
    try {
      List<String> sessions =
          jdbc.query(
              SqlFile.read("schema/blockers"),
              (row, n) ->
                  "pid %d (%s, %s, %d s, on %s)"
                      .formatted(
                          row.getInt("pid"),
                          row.getString("application"),
                          row.getString("state"),
                          row.getInt("seconds"),
                          row.getString("relation")));
      return sessions.isEmpty()
          ? "no session that is visible to this user"
          : String.join(", ", sessions);
    } catch (DataAccessException e) {
      return "sessions that could not be read";
    }
  }
}
