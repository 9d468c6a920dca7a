package net.insightpulseai.bridge.config;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** One warning a minute, with how many there were: what anybody can cause must not fill the log. */
public final class RateLimitedLog {

  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final Logger log;
  private final Clock clock;
  private @Nullable Instant last;
  private int since;

  /**
   * @param log where the lines go
   * @param clock tells when a minute is over
   */
  public RateLimitedLog(Logger log, Clock clock) {
    this.log = log;
    this.clock = clock;
  }

  /**
   * Something happened; it is logged unless another was within the last minute.
   *
   * @param what in the singular, without a full stop
   */
  public void warn(String what) {
    int count = count();
    if (count == 1) {
      log.warn("{}", what);
    } else if (count > 1) {
      log.warn("{} ({} times since this was last logged)", what, count);
    }
  }

  /** How many there were since the last line, this one included; 0 if it is too soon for one. */
  private synchronized int count() {
    Instant now = clock.instant();
    since++;
    if (last != null && now.isBefore(last.plus(PAUSE))) {
      return 0;
    }
    int count = since;
    last = now;
    since = 0;
    return count;
  }
}
