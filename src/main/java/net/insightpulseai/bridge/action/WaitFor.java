package net.insightpulseai.bridge.action;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long a caller wants to wait. */
final class WaitFor {

  static final String EXPECTED = "a number of seconds from 0 to 3600";

  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,4}(\\.[0-9]{1,3})?");
  private static final Pattern PREFERRED = Pattern.compile("(?:^|[,;\\s])wait=([0-9]{1,4})\\b");

  private WaitFor() {}

  /** Seconds, with decimals; null if the text is not a number from 0 to 3600. */
  static @Nullable Duration seconds(String text) {
    if (!SECONDS.matcher(text).matches()) {
      return null;
    }
    Duration wait = Duration.ofMillis(new BigDecimal(text).movePointRight(3).longValueExact());
    return wait.compareTo(Duration.ofHours(1)) > 0 ? null : wait;
  }

  /** {@code Prefer: respond-async} or {@code wait=5} (RFC 7240); a preference is never an error. */
  static @Nullable Duration preferred(@Nullable String prefer) {
    if (prefer == null) {
      return null;
    }
    String preference = prefer.toLowerCase(Locale.ROOT);
    Matcher wait = PREFERRED.matcher(preference);
    if (wait.find()) {
      return seconds(wait.group(1));
    }
    return preference.contains("respond-async") ? Duration.ZERO : null;
  }
}
