package net.insightpulseai.bridge.doctor;

import java.io.PrintStream;

/** What the checks found, printed as they find it: {@code ok|warn|fail what remedy}. */
final class Findings {

  private final PrintStream out;
  private boolean failed;

  Findings(PrintStream out) {
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
