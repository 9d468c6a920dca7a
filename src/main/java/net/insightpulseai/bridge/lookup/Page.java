package net.insightpulseai.bridge.lookup;

/**
 * What of a table a caller wants to see.
 *
 * @param name what the rows are called in JSON: {@code events}, {@code actions}
 * @param format how to write them
 * @param forward oldest first, behind a row the caller has; else newest first
 * @param link path and filters, to which the cursor of the next page is added
 */
public record Page(String name, Format format, boolean forward, String link) {

  static final int USUAL = 100;
  static final int MOST = 1_000;

  /** The link to the page behind this cursor, which must be ready for a URL. */
  String next(String direction, String cursor) {
    return link + (link.contains("?") ? '&' : '?') + direction + '=' + cursor;
  }
}
