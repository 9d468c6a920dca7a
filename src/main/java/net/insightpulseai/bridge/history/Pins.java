package net.insightpulseai.bridge.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.database.SqlFile;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/** The pin of the routes in the database. All throw a {@link DataAccessException} if it is away. */
@Component
public class Pins {

  private static final String CURRENT = SqlFile.read("routes/pin");
  private static final String SET = SqlFile.read("routes/set_pin");
  private static final String JOIN = SqlFile.read("routes/join_pin");
  private static final String LIFT = SqlFile.read("routes/lift_pin");

  private final NamedParameterJdbcTemplate jdbc;

  Pins(NamedParameterJdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** The pin that counts; null if nothing is pinned. */
  public @Nullable Pin current() {
    List<Pin> pins = jdbc.query(CURRENT, Map.of(), Pins::pin);
    return pins.isEmpty() ? null : pins.get(0);
  }

  /**
   * Pins a version, in place of any other.
   *
   * @param folder the hash of what is in the folder here
   */
  public Pin set(long version, String folder, String who, String why) {
    return jdbc.query(
            SET, Map.of("version", version, "folder", folder, "who", who, "why", why), Pins::pin)
        .get(0);
  }

  /** The pin holds over this content of a folder, too. */
  public void join(Pin pin, String folder) {
    jdbc.update(JOIN, Map.of("id", pin.id(), "folder", folder));
  }

  /**
   * Lifts a pin.
   *
   * @return false if it was lifted already
   */
  public boolean lift(Pin pin) {
    return jdbc.update(LIFT, Map.of("id", pin.id())) > 0;
  }

  private static Pin pin(ResultSet row, int n) throws SQLException {
    return new Pin(
        row.getLong("id"),
        row.getLong("version"),
        List.of((String[]) row.getArray("folders").getArray()),
        row.getString("who"),
        row.getString("why"),
        row.getTimestamp("pinned_at").toInstant());
  }
}
