package net.insightpulseai.bridge.ingest;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Whose fault a failed batch is, by its SQLSTATE. */
enum SqlFault {
  /** A value of one event, which its sender must change. */
  EVENT,
  /** One event, by a rule that somebody put on the table: its sender is not to blame. */
  RULE,
  /** Two transactions in each other's way: the same batch again. */
  COLLISION,
  /** The database is away, full, stopping or too slow. */
  DATABASE;

  static SqlFault of(SQLException failure) {
    String state = stateOf(failure);
    if (state == null || state.length() != 5) {
      return DATABASE;
    }
    if (state.equals("40001") || state.equals("40P01")) {
      return COLLISION;
    }
    return switch (state.substring(0, 2)) {
      case "22", "54" -> EVENT;
      case "23", "P0" -> RULE;
      default -> DATABASE;
    };
  }

  /** A connection pool wraps the driver's exception. */
  static @Nullable String stateOf(SQLException failure) {
    String state = failure.getSQLState();
    return state == null && failure.getCause() instanceof SQLException cause
        ? stateOf(cause)
        : state;
  }

  /** Whether parts of the batch may do better than the whole. */
  boolean isOfOneEvent() {
    return this == EVENT || this == RULE;
  }
}
