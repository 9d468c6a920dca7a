package net.insightpulseai.bridge.pairing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Which Odoo is paired, cached for ten seconds so that events need no query each. Before an event
 * is refused, the cache must be fresher: an operator may just have paired that Odoo, on another
 * replica.
 */
@Component
public class PairedOdoo {

  private static final Duration REMEMBERED = Duration.ofSeconds(10);
  private static final Duration YOUNG = Duration.ofSeconds(1);

  private final PairingTable table;
  private final Clock clock;
  private final ReentrantLock looking = new ReentrantLock();
  private volatile @Nullable Seen seen;

  PairedOdoo(PairingTable table, Clock clock) {
    this.table = table;
    this.clock = clock;
  }

  private record Seen(@Nullable String dbUuid, Instant at) {
    boolean accepts(String other) {
      return dbUuid == null || dbUuid.equals(other);
    }
  }

  /**
   * Whether events of an Odoo database must be refused.
   *
   * @param dbUuid null if it does not say, as senders of the original contract
   */
  public boolean refuses(@Nullable String dbUuid) {
    return dbUuid != null
        && !notOlderThan(REMEMBERED).accepts(dbUuid)
        && !notOlderThan(YOUNG).accepts(dbUuid);
  }

  /** Clears the cache: this instance has changed the pair. */
  void forget() {
    seen = null;
  }

  /** While the database does not answer, the last value counts; nothing can be stored anyway. */
  private Seen notOlderThan(Duration age) {
    Seen before = seen;
    if (before != null && clock.instant().isBefore(before.at().plus(age))) {
      return before;
    }
    looking.lock();
    try {
      Seen meanwhile = seen;
      if (meanwhile != null && !meanwhile.equals(before)) {
        return meanwhile;
      }
      PairingRecord paired = table.read();
      Seen now = new Seen(paired == null ? null : paired.odooDbUuid(), clock.instant());
      seen = now;
      return now;
    } catch (DataAccessException e) {
      if (before == null) {
        throw e;
      }
      return before;
    } finally {
      looking.unlock();
    }
  }
}
