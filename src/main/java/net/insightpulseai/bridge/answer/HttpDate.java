package net.insightpulseai.bridge.answer;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.apache.hc.client5.http.utils.DateUtils;
import org.jspecify.annotations.Nullable;

/** A date in an HTTP header, in any of the three forms that RFC 9110 §5.6.7 names. */
public final class HttpDate {

  // DateUtils knows this form and finds no time in it, because it names no zone.
  private static final DateTimeFormatter ASCTIME =
      DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss yyyy", Locale.ENGLISH);

  private HttpDate() {}

  /** The moment that is meant; null if the text is no date. */
  public static @Nullable Instant read(String text) {
    Instant date = DateUtils.parseStandardDate(text);
    if (date != null) {
      return date;
    }
    try {
      String oneSpace = text.strip().replaceAll(" +", " ");
      return LocalDateTime.parse(oneSpace, ASCTIME).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
