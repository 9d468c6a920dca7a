package net.insightpulseai.bridge.answer;

import java.time.Duration;
import net.insightpulseai.bridge.outbox.TargetStates.Stop;
import org.jspecify.annotations.Nullable;

/**
 * What one answer or failure means, before attempts are counted.
 *
 * @param act what follows
 * @param reason a stable word for programs
 * @param error what an operator reads; empty if all is well
 * @param suspect the target may be at fault rather than the row
 * @param atLeast the shortest time until the next attempt, which the schedule may exceed
 * @param stop the target must not be sent to any more, until an operator says so
 */
public record Verdict(
    Act act, String reason, String error, boolean suspect, Duration atLeast, @Nullable Stop stop) {

  public enum Act {
    /** It was applied, or accepted. */
    DONE,
    /** It will never be applied as it is. */
    REJECT,
    /** It may work later; the attempt counts. */
    RETRY,
    /** The target said when to come again; the attempt does not count for a while. */
    THROTTLED,
    /** The target did not even try it; the attempt does not count. */
    NOT_RUN
  }

  public static Verdict done(String reason) {
    return new Verdict(Act.DONE, reason, "", false, Duration.ZERO, null);
  }

  public static Verdict reject(String reason, String error) {
    return new Verdict(Act.REJECT, reason, error, false, Duration.ZERO, null);
  }

  public static Verdict retry(String reason, String error) {
    return new Verdict(Act.RETRY, reason, error, false, Duration.ZERO, null);
  }

  /** Only who names a time is waited for without an attempt. */
  public static Verdict throttled(String reason, String error, @Nullable Duration asked) {
    Verdict later = retry(reason, error);
    return asked == null ? later : later.as(Act.THROTTLED).notBefore(asked);
  }

  /** The row goes back uncounted and waits with all others until the target is resumed. */
  public static Verdict park(Stop stop, String reason, String error) {
    return retry(reason, error).as(Act.NOT_RUN).stopping(stop);
  }

  /** The same, and the target is sent nothing more until it is resumed. */
  public Verdict stopping(Stop how) {
    return new Verdict(act, reason, error, suspect, atLeast, how);
  }

  public Verdict suspected() {
    return new Verdict(act, reason, error, true, atLeast, stop);
  }

  public Verdict notBefore(@Nullable Duration shortest) {
    return shortest == null ? this : new Verdict(act, reason, error, suspect, shortest, stop);
  }

  public Verdict as(Act other) {
    return new Verdict(other, reason, error, suspect, atLeast, stop);
  }
}
