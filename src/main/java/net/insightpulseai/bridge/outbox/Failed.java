package net.insightpulseai.bridge.outbox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The outcome of an attempt after which the row is not delivered. */
public sealed interface Failed extends Outcome permits Retry, Dead, GiveBack {

  Failure failure();

  /** The same outcome for another failure. */
  Failed with(Failure other);

  /** The same outcome; where there is a next attempt, it waits at least that long. */
  Failed notBefore(@Nullable Duration shortest);

  /** The same outcome, with the target as its possible cause. */
  default Failed suspected() {
    return with(failure().suspected());
  }

  @Override
  default Failed answered(int status, @Nullable String body) {
    return with(failure().answered(new Response(status, body)));
  }

  @Override
  default String reason() {
    return failure().reason();
  }

  @Override
  default String error() {
    return failure().error();
  }

  @Override
  default boolean suspect() {
    return failure().suspect();
  }

  @Override
  default @Nullable Response response() {
    return failure().response();
  }
}
