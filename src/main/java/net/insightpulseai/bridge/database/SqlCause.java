package net.insightpulseai.bridge.database;

import java.sql.SQLException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the database said among the causes of a failure. */
public final class SqlCause {

  private SqlCause() {}

  /**
   * The first exception of the database among a failure and its causes that fits; null if none
   * does.
   */
  public static @Nullable SQLException find(
      @Nullable Throwable failure, Predicate<SQLException> fits) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && fits.test(sql)) {
        return sql;
      }
    }
    return null;
  }

  /** Whether one of them has this SQLSTATE, five characters. */
  public static boolean hasState(@Nullable Throwable failure, String state) {
    return find(failure, sql -> state.equals(sql.getSQLState())) != null;
  }

  /** The first SQLSTATE among them; null if the server said none. */
  public static @Nullable String state(@Nullable Throwable failure) {
    SQLException first = find(failure, sql -> sql.getSQLState() != null);
    return first == null ? null : first.getSQLState();
  }
}
