package net.insightpulseai.bridge.http;

import java.sql.SQLTransientConnectionException;
import java.util.Set;
import net.insightpulseai.bridge.database.SqlCause;
import org.jspecify.annotations.Nullable;

/** Tells a database that is temporarily unavailable from a defect. */
final class DatabaseUnavailable {

  // Connection failures, out of resources, a lock or a statement that took too long, stopped by an
  // operator.
  private static final Set<String> CLASSES = Set.of("08", "53", "55", "57");

  private DatabaseUnavailable() {}

  static boolean causes(@Nullable Throwable failure) {
    // The first kind is from Hikari, when it gets no connection in time.
    return SqlCause.find(
            failure,
            sql ->
                sql instanceof SQLTransientConnectionException || isUnavailable(sql.getSQLState()))
        != null;
  }

  private static boolean isUnavailable(@Nullable String state) {
    return state != null && state.length() == 5 && CLASSES.contains(state.substring(0, 2));
  }
}
