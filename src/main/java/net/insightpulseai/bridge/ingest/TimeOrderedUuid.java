package net.insightpulseai.bridge.ingest;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Version 7 of RFC 9562, section 5.7: 48 bits of milliseconds since 1970, then 74 random bits. Ids
 * of one moment stand side by side in an index, where random ones would each dirty a page of their
 * own. They name things and keep no secret, so that the random bits need not be cryptographic.
 */
final class TimeOrderedUuid {

  private static final long VERSION = 0x7000;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private TimeOrderedUuid() {}

  /** A new id for this moment. */
  static UUID next() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return of(System.currentTimeMillis(), random.nextLong(), random.nextLong());
  }

  /**
   * The id of a moment.
   *
   * @param millis since 1970
   * @param first its lowest 12 bits count
   * @param second its highest 62 bits count
   */
  static UUID of(long millis, long first, long second) {
    return new UUID((millis << 16) | VERSION | (first & 0xfff), VARIANT | (second >>> 2));
  }
}
