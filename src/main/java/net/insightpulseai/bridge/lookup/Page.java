package net.insightpulseai.bridge.lookup;

/**
 * One page of a list.
 *
 * @param name what the rows are called in JSON: {@code events}, {@code actions}
 * @param format how to write them
 * @param forward oldest first, after a row that the caller has; else newest first
 * @param link path and filters, to which the cursor of the next page is added
 */
public record Page(String name, Format format, boolean forward, String link) {

  static final int DEFAULT_LIMIT = 100;
  static final int MAX_LIMIT = 1_000;

  /** The link to the page after this cursor, which must be URL-encoded. */
  String next(String direction, String cursor) {
    return link + (link.contains("?") ? '&' : '?') + direction + '=' + cursor;
  }
}
