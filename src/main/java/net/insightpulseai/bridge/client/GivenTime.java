package net.insightpulseai.bridge.client;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time as people write it in an option. */
final class GivenTime {

  private static final Pattern AGO = Pattern.compile("([1-9][0-9]{0,5})([smhd])");

  private GivenTime() {}

  /**
   * Reads {@code 90s}, {@code 30m}, {@code 2h} or {@code 7d}, which is so long ago; a date, which
   * is its first moment; or a time, which is in the zone if it has no offset.
   */
  static Instant read(String option, String text, Instant now, ZoneId zone) throws WrongArguments {
    Matcher ago = AGO.matcher(text);
    if (ago.matches()) {
      long count = Long.parseLong(ago.group(1));
      return now.minus(
          switch (ago.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
          });
    }
    String time = text.strip().replace(' ', 'T');
    try {
      if (!time.contains("T")) {
        return LocalDate.parse(time).atStartOfDay(zone).toInstant();
      }
      return time.matches(".*T.*(Z|[+-][0-9:]+)")
          ? OffsetDateTime.parse(time).toInstant()
          : LocalDateTime.parse(time).atZone(zone).toInstant();
    } catch (DateTimeException e) {
      throw new WrongArguments(
          option
              + " is "
              + text
              + "; expected 2h or 7d ago, 2026-01-31, 2026-01-31T12:00, or 2026-01-31T12:00:00Z");
    }
  }
}
