package net.insightpulseai.bridge.doctor;

import java.util.Locale;
import net.insightpulseai.bridge.incident.IncidentKind;

/** The difference between another clock and ours. Signed timestamps are valid for 300 seconds. */
final class ClockSkew {

  private static final int FATAL = 240;

  private ClockSkew() {}

  /**
   * Reports the difference.
   *
   * @param seconds ours minus theirs, including the time that the request took
   */
  static void check(DoctorReport report, String whose, double seconds) {
    String what =
        String.format(Locale.ROOT, "the clock of %s differs from ours by %+.0f s", whose, -seconds);
    String remedy = IncidentKind.CLOCK_SKEW.remedy();
    if (Math.abs(seconds) >= FATAL) {
      report.fail(what, remedy);
    } else if (Math.abs(seconds) >= IncidentKind.NOTICEABLE_SKEW_SECONDS) {
      report.warn(what, remedy);
    } else {
      report.ok("the clock of " + whose + " agrees with ours");
    }
  }
}
