package net.insightpulseai.bridge.outbox;

import java.sql.SQLException;
import java.util.Set;
import org.springframework.dao.DataAccessException;

/**
 * Distinguishes a database that is unreachable or busy from a statement that it will never accept.
 */
final class SqlErrors {

  /** Connection, resources, operator, a lock, and a collision with another transaction. */
  private static final Set<String> PASSING = Set.of("08", "53", "55", "57", "40", "25");

  private SqlErrors() {}

  /** Whether the same statement may succeed later. */
  static boolean isPassing(DataAccessException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        String state = sql.getSQLState();
        return state.length() >= 2 && PASSING.contains(state.substring(0, 2));
      }
    }
    // No answer from the server: the pool had no connection to give.
    return true;
  }
}
