package net.insightpulseai.bridge.odoo;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;

/** What it means that no answer came: a pure function, as {@link AnswerRules}. */
final class FailureRules {

  /** The reason of what is neither the target's nor the row's fault. */
  static final String ROUTE_FAILED = "route_failed";

  private FailureRules() {}

  /** Judges the exception that ended the attempt. */
  static Verdict judge(Throwable failure) {
    // Messages of exceptions that are not about the connection may repeat what was in a body.
    String error =
        Excerpt.line(
            failure instanceof IOException && failure.getMessage() != null
                ? failure.getMessage()
                : failure.getClass().getSimpleName());
    if (failure instanceof UnsendableAction) {
      return Verdict.reject("unsendable", Excerpt.line(String.valueOf(failure.getMessage())));
    }
    if (failure instanceof RejectedExecutionException) {
      return Verdict.retry("shutting_down", "the bridge was stopping").as(Verdict.Act.NOT_RUN);
    }
    if (failure instanceof ConnectTimeoutException
        || failure instanceof ConnectException
        || failure instanceof NoRouteToHostException
        || failure instanceof UnknownHostException) {
      return Verdict.retry("unreachable", error).suspected();
    }
    if (failure instanceof SSLException) {
      return Verdict.retry("tls", error).suspected();
    }
    if (failure instanceof InterruptedIOException) {
      // It may still be at work on it: asking again at once would only add to its load.
      return Verdict.retry("timeout", error).suspected().notBefore(AnswerRules.OVERLOAD_PAUSE);
    }
    if (failure instanceof IOException) {
      return Verdict.retry("connection_lost", error).suspected();
    }
    return Verdict.retry(ROUTE_FAILED, "the route failed: " + error);
  }
}
