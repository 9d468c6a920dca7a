package net.insightpulseai.bridge.routecheck;

import java.util.Comparator;

/**
 * Something wrong with the route files.
 *
 * @param file as it is named to operators, for example {@code routes/custom/x.camel.yaml}
 * @param line from 1; 0 if it is about the whole file or folder
 * @param refused whether the files cannot run with it; otherwise it is a warning
 * @param text what is wrong, what is expected
 */
public record Finding(String file, int line, boolean refused, String text)
    implements Comparable<Finding> {

  private static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::file)
          .thenComparingInt(Finding::line)
          .thenComparing(Finding::text);

  static Finding wrong(String file, int line, String text) {
    return new Finding(file, line, true, text);
  }

  static Finding warning(String file, int line, String text) {
    return new Finding(file, line, false, text);
  }

  @Override
  public int compareTo(Finding other) {
    return ORDER.compare(this, other);
  }

  /** One line: {@code routes/x.camel.yaml:12: unknown step "proces" (did you mean "process"?)}. */
  @Override
  public String toString() {
    return file + (line > 0 ? ":" + line : "") + ": " + text;
  }
}
