package net.insightpulseai.bridge.client;

/**
 * Text in a table: what a terminal would obey is not printed, and widths count as it shows them.
 */
final class Cell {

  private static final String CUT = "…";

  private Cell() {}

  /** On one line, without control characters and what reverses the direction of text. */
  static String printable(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (Character.isWhitespace(c)) {
                shown.append(' ');
              } else if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                shown.append('?');
              } else {
                shown.appendCodePoint(c);
              }
            });
    return shown.toString();
  }

  /** How many columns of a terminal a text takes. */
  static int width(String text) {
    return text.codePoints().map(Cell::width).sum();
  }

  private static int width(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    return Character.isIdeographic(c)
            || (c >= 0x1100 && c <= 0x115F)
            || (c >= 0x3000 && c <= 0x30FF)
            || (c >= 0xAC00 && c <= 0xD7A3)
            || (c >= 0xFF01 && c <= 0xFF60)
            || (c >= 0x1F300 && c <= 0x1FAFF)
        ? 2
        : 1;
  }

  /** The text, or as much of it as fits, with a mark where it was cut. */
  static String cut(String text, int width) {
    if (width(text) <= width) {
      return text;
    }
    StringBuilder kept = new StringBuilder();
    int taken = width(CUT);
    for (int c : text.codePoints().toArray()) {
      taken += width(c);
      if (taken > width) {
        break;
      }
      kept.appendCodePoint(c);
    }
    return kept + CUT;
  }

  /** Cut or filled up with spaces, on the left if it is a number. */
  static String fit(String text, int width, boolean number) {
    String cut = cut(text, width);
    String space = " ".repeat(Math.max(0, width - width(cut)));
    return number ? space + cut : cut + space;
  }
}
