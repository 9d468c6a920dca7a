package net.insightpulseai.bridge.outbox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The row can never succeed as it is, or it has used up its attempts.
 *
 * @param lastReason what the last attempt failed with, where {@code failure} only says that there
 *     were too many
 * @param letter what the route {@code dead-letter} prepared to be kept; null: the engine makes it
 */
public record Dead(Failure failure, @Nullable String lastReason, @Nullable DeadLetter letter)
    implements Failed {

  /** Out of attempts; the last one failed with that reason. */
  public static Dead spent(Failure last, String error) {
    Failure failure = new Failure(ATTEMPTS_SPENT, error, last.suspect(), last.response());
    return new Dead(failure, last.reason(), null);
  }

  @Override
  public Kind kind() {
    return Kind.DEAD;
  }

  @Override
  public Dead with(Failure other) {
    return new Dead(other, lastReason, letter);
  }

  /** The same, with what is kept of the row. */
  Dead keeping(@Nullable DeadLetter prepared) {
    return new Dead(failure, lastReason, prepared);
  }

  @Override
  public Dead notBefore(@Nullable Duration shortest) {
    return this;
  }
}
