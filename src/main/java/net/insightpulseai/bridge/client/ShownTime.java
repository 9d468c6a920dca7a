package net.insightpulseai.bridge.client;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * How times are shown.
 *
 * @param zone in which zone; a table names it once
 */
record ShownTime(ZoneId zone) {

  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  /** The name that people know: machines in UTC often say Etc/UTC. */
  String zoneName() {
    return zone.normalized().equals(ZoneOffset.UTC) ? "UTC" : zone.toString();
  }

  /** A time of the API to the second; as it is if it is none. */
  String of(String time) {
    try {
      return OffsetDateTime.parse(time).atZoneSameInstant(zone).format(FORM);
    } catch (DateTimeException e) {
      return Cell.printable(time);
    }
  }
}
