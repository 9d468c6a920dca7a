package net.insightpulseai.bridge.ingest;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/** The cause of a failed batch, by its SQLSTATE. */
enum SqlFault {
  /** A value of one event, which its sender must change. */
  EVENT,
  /** One event, by a rule that an operator added to the table; not its sender's fault. */
  RULE,
  /** A conflict of two transactions: the same batch is tried again. */
  COLLISION,
  /** The statement took longer than it may: a smaller batch may be stored. */
  TOO_LONG,
  /** The database is unreachable, full or stopping. */
  DATABASE;

  static SqlFault of(SQLException failure) {
    String state = stateOf(failure);
    if (state == null || state.length() != 5) {
      return DATABASE;
    }
    if (state.equals("40001") || state.equals("40P01")) {
      return COLLISION;
    }
    if (state.equals("57014")) {
      return TOO_LONG;
    }
    if (isWithoutPartition(failure)) {
      return DATABASE;
    }
    return switch (state.substring(0, 2)) {
      case "22", "54" -> EVENT;
      case "23", "P0" -> RULE;
      default -> DATABASE;
    };
  }

  /**
   * Whether the table has no partition for an id, which has the SQLSTATE of a violated rule. The
   * event is stored when one has been made.
   */
  private static boolean isWithoutPartition(SQLException failure) {
    return failure instanceof PSQLException refused
        && refused.getServerErrorMessage() != null
        && "ExecFindPartition".equals(refused.getServerErrorMessage().getRoutine());
  }

  /** A connection pool wraps the driver's exception. */
  static @Nullable String stateOf(SQLException failure) {
    String state = failure.getSQLState();
    return state == null && failure.getCause() instanceof SQLException cause
        ? stateOf(cause)
        : state;
  }

  /** Whether parts of the batch may succeed where the whole failed. */
  boolean isOfOneEvent() {
    return this == EVENT || this == RULE;
  }
}
