package net.insightpulseai.bridge.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parses a query string; a malformed part is taken literally. */
final class QueryString {

  private QueryString() {}

  static Map<String, String[]> parse(@Nullable String query) {
    if (query == null || query.isEmpty()) {
      return Map.of();
    }
    Map<String, String[]> parameters = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      if (!name.isEmpty()) {
        parameters.merge(name, new String[] {value}, QueryString::joined);
      }
    }
    return Collections.unmodifiableMap(parameters);
  }

  private static String[] joined(String[] first, String[] second) {
    String[] both = Arrays.copyOf(first, first.length + 1);
    both[first.length] = second[0];
    return both;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
