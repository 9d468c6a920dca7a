package net.insightpulseai.bridge.http;

import java.sql.SQLException;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A failure in one line: types, SQL states and code locations. No messages: those of PostgreSQL and
 * of converters quote values of the request, which must not get into the log.
 */
final class FailureLine {

  private static final int DEEPEST = 8;
  private static final String OWN_PACKAGES = "net.insightpulseai.";

  private FailureLine() {}

  static String of(@Nullable Throwable failure) {
    StringJoiner line = new StringJoiner(" caused by ");
    int depth = 0;
    for (Throwable one = failure; one != null && depth < DEEPEST; one = one.getCause(), depth++) {
      line.add(one.getClass().getName() + sqlState(one) + location(one));
    }
    return line.toString();
  }

  private static String sqlState(Throwable failure) {
    return failure instanceof SQLException sql ? " [SQLSTATE " + sql.getSQLState() + "]" : "";
  }

  private static String location(Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    for (StackTraceElement frame : trace) {
      if (frame.getClassName().startsWith(OWN_PACKAGES)) {
        return " at " + frame;
      }
    }
    return trace.length == 0 ? "" : " at " + trace[0];
  }
}
