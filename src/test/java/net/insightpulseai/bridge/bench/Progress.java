package net.insightpulseai.bridge.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;

/**
 * What happens now, on standard error: a line for each phase, and on a terminal how far it has
 * come.
 */
final class Progress {

  private static final int CELLS = 24;

  private final PrintStream out;
  private final boolean terminal;
  private final long start = System.nanoTime();
  private String phase = "";
  private int shownPercent = -1;

  Progress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** On standard error. */
  static Progress ofThisProcess() {
    return new Progress(System.err, isTerminal());
  }

  /** Begins a phase. */
  synchronized void phase(String text) {
    endLine();
    phase = text;
    shownPercent = -1;
    if (terminal) {
      show(0);
    } else {
      out.printf("%s  %s%n", elapsed(), text);
    }
  }

  /** How much of the phase is done. */
  synchronized void done(double part) {
    int percent = (int) (100 * Math.max(0, Math.min(1, part)));
    if (terminal && percent != shownPercent) {
      show(percent);
    }
  }

  /** What follows begins on a line of its own. */
  synchronized void end() {
    endLine();
    phase = "";
  }

  private void show(int percent) {
    int filled = percent * CELLS / 100;
    out.printf(
        "\r\033[K%s  [%s%s] %3d%%  %s",
        elapsed(), "#".repeat(filled), ".".repeat(CELLS - filled), percent, phase);
    out.flush();
    shownPercent = percent;
  }

  private void endLine() {
    if (terminal && !phase.isEmpty()) {
      show(100);
      out.println();
    }
  }

  private String elapsed() {
    Duration since = Duration.ofNanos(System.nanoTime() - start);
    return "%3d:%02d".formatted(since.toMinutes(), since.toSecondsPart());
  }

  private static boolean isTerminal() {
    try {
      return new ProcessBuilder("sh", "-c", "test -t 2").inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
