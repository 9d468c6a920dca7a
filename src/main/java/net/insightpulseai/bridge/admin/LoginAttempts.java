package net.insightpulseai.bridge.admin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import net.insightpulseai.bridge.address.AddressGroup;
import net.insightpulseai.bridge.config.RateLimitedLog;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Limits how fast wrong passwords can be tried from one address, or from one /64 network of IPv6,
 * of which anybody has all: a token bucket of {@value #BURST}, refilled by one a second, from which
 * each wrong password takes one. While it is empty, passwords are refused unseen. So nobody is
 * locked out for longer than a second, and other addresses, like sessions that exist, are not
 * concerned at all.
 */
@Component
class LoginAttempts {

  static final int BURST = 100;

  private static final Duration REFILL = Duration.ofSeconds(1);
  private static final int MOST_ADDRESSES = 1_000;

  private final Clock clock;
  private final Map<String, Bucket> addresses = new LinkedHashMap<>(16, 0.75f, true);
  private final RateLimitedLog log;

  /**
   * The tokens of an address.
   *
   * @param tokens at that time
   */
  private record Bucket(double tokens, Instant at) {
    double tokens(Instant now) {
      double refilled = (double) Duration.between(at, now).toMillis() / REFILL.toMillis();
      return Math.min(BURST, tokens + Math.max(0, refilled));
    }
  }

  LoginAttempts(Clock clock) {
    this.clock = clock;
    this.log = new RateLimitedLog(LoggerFactory.getLogger(LoginAttempts.class), clock);
  }

  /** Whether a password from this address may be looked at now. */
  synchronized boolean allowed(String address) {
    Bucket bucket = addresses.get(AddressGroup.of(address));
    return bucket == null || bucket.tokens(clock.instant()) >= 1;
  }

  /** A password was wrong. */
  synchronized void wrong(String address) {
    Instant now = clock.instant();
    String group = AddressGroup.of(address);
    Bucket before = addresses.get(group);
    addresses.put(group, new Bucket((before == null ? BURST : before.tokens(now)) - 1, now));
    if (addresses.size() > MOST_ADDRESSES) {
      addresses.remove(addresses.keySet().iterator().next());
    }
    log.warn("A wrong password on the management port, from " + address);
  }
}
