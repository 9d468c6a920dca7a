package net.insightpulseai.bridge.doctor;

import java.util.Locale;

/** How far another clock is off from ours. Signed timestamps are good for 300 seconds. */
final class ClockSkew {

  private static final int NOTICEABLE = 5;
  private static final int FATAL = 240;

  private ClockSkew() {}

  /**
   * Reports it.
   *
   * @param seconds ours minus theirs, with the time of the question included
   */
  static void report(Findings findings, String whose, double seconds) {
    String what = String.format(Locale.ROOT, "clock of %s: %+.0f s off ours", whose, -seconds);
    String remedy = "let both machines keep time by NTP; signatures are good for 300 s";
    if (Math.abs(seconds) >= FATAL) {
      findings.fail(what, remedy);
    } else if (Math.abs(seconds) >= NOTICEABLE) {
      findings.warn(what, remedy);
    } else {
      findings.ok("clock of " + whose + " agrees with ours");
    }
  }
}
