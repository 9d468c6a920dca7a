package net.insightpulseai.bridge.database;

import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Set;
import net.insightpulseai.bridge.config.PlaintextHosts;
import net.insightpulseai.bridge.config.RootCause;
import org.jspecify.annotations.Nullable;

/** Explains a failed connection and what to do about it, in one line without secrets. */
public final class ConnectFailure {

  private static final Set<String> TRANSIENT = Set.of("57P03", "53300", "57P01", "57P02");

  private ConnectFailure() {}

  /** Whether another attempt may succeed, for example because the server is just starting. */
  static boolean isTransient(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    return TRANSIENT.contains(state) || (state.startsWith("08") && tls(failure) == null);
  }

  /**
   * Explains a failure.
   *
   * @return one line that names the database, the failure, and the remedy if one is known
   */
  public static String explain(SQLException failure, DatabaseAddress address) {
    String remedy = remedy(failure, address);
    return "The database %s cannot be used: %s%s"
        .formatted(address, oneLine(failure), remedy == null ? "" : ". " + remedy);
  }

  /** The failed or lost connection that caused a failure, or null if something else did. */
  static @Nullable SQLException connectionLost(Throwable failure) {
    return SqlCause.find(failure, ConnectFailure::isTransient);
  }

  /** Explains a failure after the first connection was made, without knowing the address. */
  public static String duringStart(SQLException failure) {
    return "The database failed while the bridge was starting: %s. Check that it runs and that the bridge reaches it, then start again"
        .formatted(oneLine(failure));
  }

  private static @Nullable String remedy(SQLException failure, DatabaseAddress address) {
    String message = String.valueOf(failure.getMessage());
    String state = String.valueOf(failure.getSQLState());
    if (message.contains("EMAXCONN") || message.contains("max clients reached")) {
      return "Lower bridge.database.pool-size, or raise the pool size in Supabase's dashboard";
    }
    if (message.contains("ENOTFOUND") || message.contains("Tenant or user not found")) {
      return "Through Supabase's pooler the user is postgres.<project-ref>; also check the region in the host name";
    }
    if (message.contains("ESSLREQUIRED") || message.contains("SSL connection is required")) {
      return "Remove sslmode from the URL; verify-full is then used";
    }
    if (message.contains("ECIRCUITBREAKER")) {
      return "Supabase blocks connections after too many wrong passwords: correct the password and wait a few minutes";
    }
    if (state.startsWith("28")) {
      return "Check user and password in "
          + DatabaseSettings.URL_KEY
          + "; characters such as @ : / % in a password must be percent-encoded";
    }
    if (state.equals("3D000")) {
      return "Check the database's name at the end of " + DatabaseSettings.URL_KEY;
    }
    if (tls(failure) != null) {
      return tls(failure);
    }
    if (isUnreachable(failure)
        && address.host().startsWith("db.")
        && address.host().endsWith(".supabase.co")) {
      return "Supabase's direct address is IPv6 only: use the session pooler's (…pooler.supabase.com, port 5432) or the IPv4 add-on";
    }
    return null;
  }

  private static @Nullable String tls(SQLException failure) {
    String all = String.valueOf(failure.getMessage());
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      all += " " + cause;
    }
    if (all.contains("does not support SSL")) {
      return "The server does not offer TLS; turn it on there, or " + PlaintextHosts.REMEDY;
    }
    if (all.contains("PKIX") || all.contains("SSLHandshake") || all.contains("root certificate")) {
      return "Set SUPABASE_DB_SSL_ROOT_CERT to the certificate from Supabase's dashboard (Database, Settings, SSL configuration)";
    }
    return all.contains("hostname") && all.contains("could not be verified")
        ? "The certificate belongs to another host: use the host name in the certificate"
        : null;
  }

  private static boolean isUnreachable(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException
          || cause instanceof NoRouteToHostException
          || String.valueOf(cause.getMessage()).contains("Network is unreachable")) {
        return true;
      }
    }
    return false;
  }

  /** The messages of a failure and of its root cause, on one line. */
  static String oneLine(Throwable failure) {
    Throwable root = RootCause.of(failure);
    String outer = firstLine(String.valueOf(failure.getMessage()));
    String inner = firstLine(String.valueOf(root.getMessage()));
    boolean same = root == failure || outer.contains(inner);
    return same ? outer : outer + " (" + root.getClass().getSimpleName() + ": " + inner + ")";
  }

  static String firstLine(String text) {
    return text.strip().lines().findFirst().orElse("no message").replaceAll("[.:]$", "");
  }
}
