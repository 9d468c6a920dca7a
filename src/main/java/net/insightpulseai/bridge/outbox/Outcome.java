package net.insightpulseai.bridge.outbox;

import java.time.Duration;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * What became of one attempt. The engine counts only what a route says with this, as the variable
 * {@code outcome} of its exchange; an exchange that ends without one has failed.
 *
 * @param kind what happens to the row
 * @param reason a stable word for it, as in {@code timeout} or {@code rejected}
 * @param failure what the last attempt failed with, where the reason is only that there were too
 *     many
 * @param error what an operator reads; never a secret, never a request body
 * @param delay how long to wait before the next attempt; only of a retry
 * @param suspect the target may be at fault rather than the row: the engine probes it before it
 *     counts
 * @param responseStatus the HTTP status, if an answer came
 * @param responseBody the answer's body, cut to a sane length
 */
public record Outcome(
    Kind kind,
    String reason,
    @Nullable String failure,
    @Nullable String error,
    @Nullable Duration delay,
    boolean suspect,
    @Nullable Integer responseStatus,
    @Nullable String responseBody) {

  /** The exchange variable that holds the outcome. */
  public static final String VARIABLE = "outcome";

  /** The reason of a row that failed as often as it may. */
  public static final String ATTEMPTS_SPENT = "attempts_spent";

  /** The reason of an attempt whose answer did not come in time. */
  public static final String TIMEOUT = "timeout";

  /** What happens to the row. */
  public enum Kind {
    /** Delivered. */
    DONE,
    /** Queued again after a delay; the attempt counts. */
    RETRY,
    /** Finally failed: a dead letter. */
    DEAD,
    /** Queued again after a delay; the attempt does not count. */
    GIVE_BACK
  }

  public static Outcome done(int status, @Nullable String body) {
    return new Outcome(Kind.DONE, "ok", null, null, null, false, status, body);
  }

  public static Outcome retry(String reason, String error, Duration delay) {
    return new Outcome(Kind.RETRY, reason, null, error, delay, false, null, null);
  }

  public static Outcome dead(String reason, String error) {
    return new Outcome(Kind.DEAD, reason, null, error, null, false, null, null);
  }

  /** Finally failed, because this failure was the last that its schedule allows. */
  public static Outcome spent(String failure, String error) {
    return new Outcome(Kind.DEAD, ATTEMPTS_SPENT, failure, error, null, false, null, null);
  }

  public static Outcome giveBack(String reason, String error, Duration delay) {
    return new Outcome(Kind.GIVE_BACK, reason, null, error, delay, false, null, null);
  }

  /** The same outcome, of which the target itself may be the cause. */
  public Outcome suspected() {
    return new Outcome(kind, reason, failure, error, delay, true, responseStatus, responseBody);
  }

  /** The same outcome with the answer that led to it. */
  public Outcome answered(int status, @Nullable String body) {
    return new Outcome(kind, reason, failure, error, delay, suspect, status, body);
  }

  /** For routes: {@code ${variable.outcome?.isDead}}; {@code .dead} would call the factory. */
  public boolean isDead() {
    return kind == Kind.DEAD;
  }

  /** The outcome that the exchange's route set, or null. */
  public static @Nullable Outcome of(Exchange exchange) {
    return exchange.getVariable(VARIABLE, Outcome.class);
  }

  /** Makes this the exchange's outcome. */
  public void setOn(Exchange exchange) {
    exchange.setVariable(VARIABLE, this);
  }
}
