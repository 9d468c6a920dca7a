package net.insightpulseai.bridge.start;

import java.sql.SQLException;
import net.insightpulseai.bridge.config.RootCause;
import net.insightpulseai.bridge.config.StartRefused;
import net.insightpulseai.bridge.config.YamlProblem;
import net.insightpulseai.bridge.database.ConnectFailure;
import net.insightpulseai.bridge.routecheck.RouteFaults;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reports on standard error, in one line for each fault, why the bridge did not start, if an
 * operator can fix it. Other failures are bugs and keep their stack trace.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class StartFailureReporter implements SpringBootExceptionReporter {

  private final @Nullable ConfigurableApplicationContext context;

  /**
   * @param context what did not start; null if there was none yet
   */
  public StartFailureReporter(@Nullable ConfigurableApplicationContext context) {
    this.context = context;
  }

  @Override
  public boolean reportException(Throwable failure) {
    String line = routes(failure);
    if (line == null) {
      line = line(failure);
    }
    if (line == null) {
      return false;
    }
    System.err.println("The bridge does not start. " + line);
    return true;
  }

  /** What the check of the routes says of those that Camel could not build; null if nothing. */
  private @Nullable String routes(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (context != null
          && (cause instanceof FailedToCreateRouteException
              || cause instanceof FailedToStartRouteException)) {
        StartRefused faults = RouteFaults.find(context.getBeanFactory(), context.getEnvironment());
        return faults == null ? null : faults.getMessage();
      }
    }
    return null;
  }

  /**
   * What an operator can correct, in one line; several faults have a line each, indented, below a
   * line that counts them. Null if it is a bug.
   */
  public static @Nullable String line(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StartRefused) {
        return cause.getMessage();
      }
    }
    String line = other(failure);
    return line == null ? null : line.replaceAll("\\s*\\R\\s*", " ");
  }

  private static @Nullable String other(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException binding) {
        return WrongSetting.line(binding);
      }
      if (cause instanceof PortInUseException port) {
        return "Port %d is in use: stop the program that listens on it, or set server.port or management.server.port"
            .formatted(port.getPort());
      }
      if (cause instanceof MarkedYAMLException marked) {
        // Not its message, which quotes the line and with it perhaps a secret.
        return "application.yaml%s cannot be read: %s"
            .formatted(
                marked.getProblemMark() == null
                    ? ""
                    : ":" + (marked.getProblemMark().getLine() + 1),
                YamlProblem.of(marked.getProblem()));
      }
      if (cause instanceof YAMLException) {
        return "application.yaml cannot be read: it is not YAML";
      }
      if (cause instanceof SQLException database) {
        return ConnectFailure.duringStart(database);
      }
      if (cause instanceof FailedToCreateRouteException
          || cause instanceof FailedToStartRouteException) {
        return cause.getMessage() + " " + RootCause.of(cause).getMessage();
      }
    }
    return null;
  }
}
