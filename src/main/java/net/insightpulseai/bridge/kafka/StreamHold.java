package net.insightpulseai.bridge.kafka;

import java.time.Duration;
import net.insightpulseai.bridge.cursor.Position;
import net.insightpulseai.bridge.kafka.StreamLeases.Held;

/**
 * A stream as long as this instance holds it, for the one thread that publishes it. Asked often
 * enough, it is held however long a batch takes.
 */
final class StreamHold {

  static final Duration EXTEND = Duration.ofSeconds(1);

  private final StreamLeases leases;
  private final StreamLease lease;
  private Held held = Held.YES;
  private long at = System.nanoTime();

  StreamHold(StreamLeases leases, StreamLease lease) {
    this.leases = leases;
    this.lease = lease;
  }

  /**
   * Whether the stream is still to be published here; extends the lease once a second.
   *
   * @throws org.springframework.dao.DataAccessException while the database is away
   */
  boolean isHeld() {
    if (held == Held.YES && System.nanoTime() - at > EXTEND.toNanos()) {
      held = leases.extend(lease);
      at = System.nanoTime();
    }
    return held == Held.YES;
  }

  /**
   * Moves the position on to what is acknowledged, which also extends the lease.
   *
   * @throws org.springframework.dao.DataAccessException while the database is away
   */
  void save(Position acknowledged) {
    held = leases.save(lease, acknowledged);
    at = System.nanoTime();
  }
}
