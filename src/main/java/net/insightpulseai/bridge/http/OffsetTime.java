package net.insightpulseai.bridge.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A time that a caller sent. */
public final class OffsetTime {

  /** What was expected, for error messages. */
  static final String EXPECTED = "a time with an offset, such as 2026-01-31T12:00:00Z";

  /** Outside this range PostgreSQL and ISO 8601 write years differently. */
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

  // Also PostgreSQL's space between date and time, and the offsets +00 and +0000.
  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\d)[Tt ](\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?)"
              + "([Zz]|[+-]\\d\\d(?::?\\d\\d)?)?");

  private OffsetTime() {}

  /**
   * Reads a time.
   *
   * @param withoutOffset what a time without an offset has; null: one is needed
   * @return null if the text is no such time
   */
  public static @Nullable OffsetDateTime parse(String text, @Nullable ZoneOffset withoutOffset) {
    Matcher parts = FORM.matcher(text);
    try {
      if (!parts.matches()) {
        return OffsetDateTime.parse(text);
      }
      ZoneOffset offset = parts.group(3) == null ? withoutOffset : offset(parts.group(3));
      return offset == null
          ? null
          : LocalDateTime.parse(parts.group(1) + "T" + parts.group(2)).atOffset(offset);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static ZoneOffset offset(String text) {
    return ZoneOffset.of(text.toUpperCase(Locale.ROOT));
  }

  /** As the database reads it: ISO 8601 with an offset; null if the text is no such time. */
  static @Nullable String read(String text) {
    OffsetDateTime time = parse(text, null);
    if (time == null) {
      return null;
    }
    Instant instant = time.toInstant();
    return instant.isBefore(FIRST) || instant.isAfter(LAST) ? null : time.toString();
  }
}
