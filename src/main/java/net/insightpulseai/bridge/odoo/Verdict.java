package net.insightpulseai.bridge.odoo;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one answer or failure means, before attempts are counted.
 *
 * @param act what follows
 * @param reason a stable word for programs
 * @param error what an operator reads; empty if all is well
 * @param suspect the target may be at fault rather than the row
 * @param atLeast the shortest time until the next attempt, which the schedule may exceed
 */
record Verdict(Act act, String reason, String error, boolean suspect, Duration atLeast) {

  enum Act {
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

  static Verdict done(String reason) {
    return new Verdict(Act.DONE, reason, "", false, Duration.ZERO);
  }

  static Verdict reject(String reason, String error) {
    return new Verdict(Act.REJECT, reason, error, false, Duration.ZERO);
  }

  static Verdict retry(String reason, String error) {
    return new Verdict(Act.RETRY, reason, error, false, Duration.ZERO);
  }

  Verdict suspected() {
    return new Verdict(act, reason, error, true, atLeast);
  }

  Verdict notBefore(@Nullable Duration shortest) {
    return shortest == null ? this : new Verdict(act, reason, error, suspect, shortest);
  }

  Verdict as(Act other) {
    return new Verdict(other, reason, error, suspect, atLeast);
  }
}
