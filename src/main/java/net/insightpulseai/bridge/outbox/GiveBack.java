package net.insightpulseai.bridge.outbox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The row was not tried, or is not at fault; the attempt does not count.
 *
 * @param delay how long to wait at least
 * @param throttled the target itself named the delay: once the row is older than its whole retry
 *     schedule, the attempt counts after all
 * @param stop set if nothing more may be sent to the target
 */
public record GiveBack(
    Failure failure, Duration delay, boolean throttled, @Nullable TargetStop stop)
    implements Failed {

  @Override
  public Kind kind() {
    return Kind.GIVE_BACK;
  }

  @Override
  public GiveBack with(Failure other) {
    return new GiveBack(other, delay, throttled, stop);
  }

  @Override
  public GiveBack notBefore(@Nullable Duration shortest) {
    return shortest == null ? this : new GiveBack(failure, shortest, throttled, stop);
  }
}
