package net.insightpulseai.bridge.outbox;

import java.time.Duration;
import net.insightpulseai.bridge.config.RouteVariables;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * What became of one attempt. The engine counts only what a route sets as the variable {@code
 * outcome} of its exchange; an exchange that ends without one has failed.
 *
 * <p>Three types carry this on its way to the database, and no more. {@code Answer} is what came
 * back over HTTP, before it is judged. An outcome is what it means: the rules of the target judge
 * the answer, then {@code AnswerPolicy} counts the attempt. Both stages share this type because
 * counting leaves most outcomes as they are. {@link Ack} is the outcome of one leased row, ready to
 * be written.
 */
public sealed interface Outcome permits Done, Failed {

  /** The reason of a row that failed as often as it may. */
  String ATTEMPTS_SPENT = "attempts_spent";

  /** The reason of an attempt whose answer did not come in time. */
  String TIMEOUT = "timeout";

  /** The reason of an exchange that ended without an outcome. */
  String NO_OUTCOME = "no_outcome";

  /** What happens to the row, as SQL and metrics name it; the best comes first. */
  enum Kind {
    /** Delivered. */
    DONE,
    /** Queued again after a delay; the attempt counts. */
    RETRY,
    /** Failed for good: a dead letter. */
    DEAD,
    /** Queued again after a delay; the attempt does not count. */
    GIVE_BACK
  }

  Kind kind();

  /** A stable word for what happened, such as {@code ok}, {@code timeout} or {@code rejected}. */
  String reason();

  /** The answer that led to this outcome; null if none came. */
  @Nullable Response response();

  /** The same outcome with the answer that led to it. */
  Outcome answered(int status, @Nullable String body);

  /** What an operator reads; null if nothing went wrong. */
  @Nullable String error();

  /** Whether the target may be at fault rather than the row. */
  boolean suspect();

  /** How long the row waits for its next attempt; zero if it does not wait or has no next one. */
  default Duration delay() {
    return Duration.ZERO;
  }

  /** Why nothing more may be sent to the target; null if it may. */
  default @Nullable TargetStop stop() {
    return null;
  }

  static Done done(String reason) {
    return new Done(reason, null, null);
  }

  static Retry retry(String reason, String error) {
    return retry(reason, error, Duration.ZERO);
  }

  static Retry retry(String reason, String error, Duration delay) {
    return new Retry(Failure.of(reason, error), delay);
  }

  static Dead dead(String reason, String error) {
    return new Dead(Failure.of(reason, error), null, null);
  }

  static GiveBack giveBack(String reason, String error, Duration delay) {
    return new GiveBack(Failure.of(reason, error), delay, false, null);
  }

  /** The target asks for patience: uncounted if it names a time, otherwise a normal retry. */
  static Failed throttled(String reason, String error, @Nullable Duration asked) {
    return asked == null
        ? retry(reason, error)
        : new GiveBack(Failure.of(reason, error), asked, true, null);
  }

  /** The row goes back uncounted and waits, like all others, until the target is resumed. */
  static GiveBack park(TargetStates.Stop how, String reason, String error) {
    TargetStop stop = new TargetStop(how, error);
    return new GiveBack(Failure.of(reason, error), Duration.ZERO, false, stop);
  }

  /**
   * Whether the row failed for good. Routes ask for the variable {@code outcomeKind}: to Camel,
   * {@code isDead} and the factory {@code dead} are two forms of one name.
   */
  default boolean isDead() {
    return kind() == Kind.DEAD;
  }

  /** The outcome that the exchange's route set, or null. */
  static @Nullable Outcome of(Exchange exchange) {
    return exchange.getVariable(RouteVariables.OUTCOME, Outcome.class);
  }

  /** Makes this the exchange's outcome. */
  default void setOn(Exchange exchange) {
    exchange.setVariable(RouteVariables.OUTCOME, this);
    exchange.setVariable(RouteVariables.OUTCOME_KIND, kind().name());
  }
}
