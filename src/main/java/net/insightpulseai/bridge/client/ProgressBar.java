package net.insightpulseai.bridge.client;

import java.io.PrintStream;

/** A line that shows how far something has come; on a terminal it is always the same line. */
final class ProgressBar {

  private static final int CELLS = 30;

  private final PrintStream out;
  private final int width;
  private String last = "";

  /**
   * @param width of the terminal; {@link Terminal#UNLIMITED} is none, and each change is a line
   */
  ProgressBar(PrintStream out, int width) {
    this.out = out;
    this.width = width;
  }

  /** Shows it, if something has changed. */
  void show(long done, long all, String remark) {
    double part = all == 0 ? 1 : Math.min(1, (double) done / all);
    int filled = (int) (part * CELLS);
    String line =
        "[%s%s] %3d%%  %d of %d%s"
            .formatted(
                "#".repeat(filled),
                ".".repeat(CELLS - filled),
                (int) (part * 100),
                done,
                all,
                remark.isEmpty() ? "" : "  " + remark);
    if (line.equals(last)) {
      return;
    }
    if (width == Terminal.UNLIMITED) {
      out.println(line);
    } else {
      out.print("\r" + Cell.fit(line, Math.max(1, width - 1), false));
      out.flush();
    }
    last = line;
  }

  /** What follows begins on a line of its own. */
  void end() {
    if (width != Terminal.UNLIMITED && !last.isEmpty()) {
      out.println();
    }
  }
}
