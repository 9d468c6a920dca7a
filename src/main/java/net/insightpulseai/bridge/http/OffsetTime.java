package net.insightpulseai.bridge.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A time that a caller sent. */
final class OffsetTime {

  /** What was expected, for error messages. */
  static final String EXPECTED = "a time with an offset, such as 2026-01-31T12:00:00Z";

  /** Outside this range PostgreSQL and ISO 8601 write years differently. */
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

  private OffsetTime() {}

  /** As the database reads it: ISO 8601 with an offset; null if the text is no such time. */
  static @Nullable String read(String text) {
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      Instant instant = time.toInstant();
      return instant.isBefore(FIRST) || instant.isAfter(LAST) ? null : time.toString();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
