package net.insightpulseai.bridge.http;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a database that is temporarily unavailable from a defect. */
final class DatabaseUnavailable {

  // Connection failures, out of resources, a lock or a statement that took too long, stopped by an
  // operator.
  private static final Set<String> CLASSES = Set.of("08", "53", "55", "57");

  private DatabaseUnavailable() {}

  static boolean causes(@Nullable Throwable failure) {
    for (Throwable one = failure; one != null; one = one.getCause()) {
      // From Hikari, when it gets no connection in time.
      if (one instanceof SQLTransientConnectionException) {
        return true;
      }
      if (one instanceof SQLException sql && isUnavailable(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isUnavailable(@Nullable String state) {
    return state != null && state.length() == 5 && CLASSES.contains(state.substring(0, 2));
  }
}
