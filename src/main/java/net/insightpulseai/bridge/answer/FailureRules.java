package net.insightpulseai.bridge.answer;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLException;
import net.insightpulseai.bridge.outbox.Failed;
import net.insightpulseai.bridge.outbox.Outcome;
import net.insightpulseai.bridge.outbox.Retry;
import net.insightpulseai.bridge.outbox.TargetStates.Stop;
import org.apache.hc.client5.http.ConnectTimeoutException;

/** What a missing answer means: a pure function. */
public final class FailureRules {

  /** How long to wait for an overloaded target that names no time. */
  public static final Duration OVERLOAD_PAUSE = Duration.ofSeconds(60);

  private FailureRules() {}

  /** Judges the exception that ended the attempt. */
  public static Failed judge(Throwable failure) {
    if (failure instanceof Unsendable) {
      return Outcome.dead("unsendable", Excerpt.line(String.valueOf(failure.getMessage())));
    }
    if (failure instanceof NotConfigured) {
      return Outcome.park(Stop.PAUSED, "not_configured", String.valueOf(failure.getMessage()));
    }
    if (failure instanceof RejectedExecutionException) {
      return Outcome.giveBack("shutting_down", "the bridge was stopping", Duration.ZERO);
    }
    // Jackson's exceptions are IOExceptions too, but they concern a text.
    if (failure instanceof IOException network && !(failure instanceof JsonProcessingException)) {
      return ofConnection(network).suspected();
    }
    return Outcome.retry("route_failed", "the route failed with " + place(failure));
  }

  private static Retry ofConnection(IOException failure) {
    String error = Excerpt.line(failure.getClass().getSimpleName() + ": " + failure.getMessage());
    if (failure instanceof ConnectTimeoutException
        || failure instanceof ConnectException
        || failure instanceof NoRouteToHostException
        || failure instanceof UnknownHostException) {
      return Outcome.retry("unreachable", error);
    }
    if (failure instanceof SSLException) {
      return Outcome.retry("tls", error);
    }
    if (failure instanceof InterruptedIOException) {
      return Outcome.retry(Outcome.TIMEOUT, error);
    }
    return Outcome.retry("connection_lost", error);
  }

  /** The exception and where it was thrown, without its message, which may quote a body. */
  private static String place(Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    return failure.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
  }
}
