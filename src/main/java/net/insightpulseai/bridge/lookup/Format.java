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
   * @param name the parameter {@code format}, one of {@link #NAMES}; it takes precedence
   * @param accept the header {@code Accept}; an unsupported type means JSON
   */
  static Format of(@Nullable String name, @Nullable String accept) {
    if (name != null) {
      return valueOf(name.toUpperCase(Locale.ROOT));
    }
    String accepted = accept == null ? "" : accept.toLowerCase(Locale.ROOT);
    if (accepted.contains("ndjson") || accepted.contains("application/jsonl")) {
      return NDJSON;
    }
    return accepted.contains("text/csv") ? CSV : JSON;
  }
}
