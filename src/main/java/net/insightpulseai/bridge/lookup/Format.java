package net.insightpulseai.bridge.lookup;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How rows are written. */
public enum Format {
  JSON("application/json"),
  NDJSON("application/x-ndjson"),
  CSV("text/csv;charset=utf-8");

  static final Set<String> NAMES = Set.of("json", "ndjson", "csv");

  private final String contentType;

  Format(String contentType) {
    this.contentType = contentType;
  }

  String contentType() {
    return contentType;
  }

  /**
   * Chooses one.
   *
   * @param name the parameter {@code format}, one of {@link #NAMES}; it wins
   * @param accept the header {@code Accept}; anything we do not write means JSON
   */
  static Format of(@Nullable String name, @Nullable String accept) {
    if (name != null) {
      return valueOf(name.toUpperCase(Locale.ROOT));
    }
    String wish = accept == null ? "" : accept.toLowerCase(Locale.ROOT);
    if (wish.contains("ndjson") || wish.contains("application/jsonl")) {
      return NDJSON;
    }
    return wish.contains("text/csv") ? CSV : JSON;
  }
}
