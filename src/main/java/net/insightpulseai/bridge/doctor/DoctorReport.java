package net.insightpulseai.bridge.doctor;

import java.io.PrintStream;

/**
 * What the checks found, one printed line each: {@code ok}, {@code warn} or {@code fail}, the
 * finding, and for the last two a remedy.
 */
final class DoctorReport {

  private final PrintStream out;
  private boolean failed;

  DoctorReport(PrintStream out) {
    this.out = out;
  }

  void ok(String what) {
    out.println("ok    " + what);
  }

  void warn(String what, String remedy) {
    out.println("warn  " + what + "  →  " + remedy);
  }

  void fail(String what, String remedy) {
    failed = true;
    out.println("fail  " + what + "  →  " + remedy);
  }

  boolean failed() {
    return failed;
  }
}
