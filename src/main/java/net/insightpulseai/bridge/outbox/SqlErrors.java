package net.insightpulseai.bridge.outbox;

import java.util.Set;
import net.insightpulseai.bridge.database.SqlCause;
import org.springframework.dao.DataAccessException;

/**
 * Distinguishes a database that is unreachable or busy from a statement that it will never accept.
 */
final class SqlErrors {

  /** Connection, resources, operator, a lock, and a collision with another transaction. */
  private static final Set<String> PASSING = Set.of("08", "53", "55", "57", "40", "25");

  private static final String TIMEOUT = "57014";

  private SqlErrors() {}

  /** Whether the statement took longer than it may, so that a smaller one may succeed. */
  static boolean isTimeout(DataAccessException failure) {
    return TIMEOUT.equals(SqlCause.state(failure));
  }

  /** Whether the same statement may succeed later. */
  static boolean isPassing(DataAccessException failure) {
    String state = SqlCause.state(failure);
    // No answer from the server: the pool had no connection to give.
    return state == null || (state.length() >= 2 && PASSING.contains(state.substring(0, 2)));
  }
}
