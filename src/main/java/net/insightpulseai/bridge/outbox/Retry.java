package net.insightpulseai.bridge.outbox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A later attempt may succeed; this one counts.
 *
 * @param delay how long to wait at least; {@code AnswerPolicy} extends it to the retry schedule's
 */
public record Retry(Failure failure, Duration delay) implements Failed {

  @Override
  public Kind kind() {
    return Kind.RETRY;
  }

  @Override
  public Retry with(Failure other) {
    return new Retry(other, delay);
  }

  @Override
  public Retry notBefore(@Nullable Duration shortest) {
    return shortest == null ? this : new Retry(failure, shortest);
  }
}
