package net.insightpulseai.bridge.outbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Writes batches of outcomes, and repeats what the database cannot take now. A row that somebody
 * else has locked is kept and tried again, while the others are written. One thread writes; any may
 * ask.
 */
final class AckWriter {

  private static final Logger LOG = LoggerFactory.getLogger(AckWriter.class);
  private static final Duration RETRY = Duration.ofMillis(500);

  /** A lock on a table is waited for twice as long before the first try fails. */
  private static final Duration SLOW = Duration.ofSeconds(1);

  private static final long NEVER = Long.MIN_VALUE;

  private final QueueStore store;
  private final BiConsumer<List<Ack>, Set<Long>> afterCommit;
  private final Signal pause = new Signal();
  private final List<Ack> locked = new ArrayList<>();
  private volatile List<Long> lockedIds = List.of();
  private volatile long stuckFrom = NEVER;
  private long retryLockedAt;

  /**
   * @param afterCommit called with those of a batch that were not locked, and the ids in it that
   *     still held their lease
   */
  AckWriter(QueueStore store, BiConsumer<List<Ack>, Set<Long>> afterCommit) {
    this.store = store;
    this.afterCommit = afterCommit;
  }

  /** The rows whose outcomes wait because somebody else has locked them. */
  List<Long> lockedIds() {
    return lockedIds;
  }

  /** Whether the database takes no outcomes now. */
  boolean isStuck() {
    long from = stuckFrom;
    return from != NEVER && System.nanoTime() - from > 0;
  }

  /**
   * Writes a batch; if the database rejects it for good, or needs too long for it, each outcome is
   * written alone.
   */
  void write(List<Ack> batch) throws InterruptedException {
    if (batch.isEmpty() || until(batch, () -> store.ack(batch))) {
      return;
    }
    for (Ack ack : batch) {
      List<Ack> one = List.of(ack);
      if (!until(one, () -> store.ack(one))) {
        LOG.error(
            "The database rejects the details of the outcome of row {} ({}); they are left out",
            ack.row().id(),
            ack.outcome().reason());
        if (!until(one, () -> store.ackBare(ack, true))) {
          until(one, () -> store.ackBare(ack, false));
        }
      }
    }
  }

  /** Tries the rows that were locked again, every half second. */
  void writeLocked(int most) throws InterruptedException {
    if (locked.isEmpty() || System.nanoTime() - retryLockedAt < 0) {
      return;
    }
    List<Ack> again = List.copyOf(locked);
    locked.clear();
    for (int from = 0; from < again.size(); from += most) {
      write(again.subList(from, Math.min(from + most, again.size())));
    }
    retryLockedAt = System.nanoTime() + RETRY.toNanos();
    lockedIds = ids(locked);
  }

  /**
   * Repeats a write while the database is unreachable; false if it was rejected for good, or is too
   * large for the time that a statement may take.
   */
  private boolean until(List<Ack> batch, Supplier<QueueStore.Settled> write)
      throws InterruptedException {
    boolean warned = false;
    stuckFrom = System.nanoTime() + SLOW.toNanos();
    try {
      while (true) {
        try {
          settled(batch, write.get());
          return true;
        } catch (DataAccessException e) {
          if (!SqlErrors.isPassing(e) || (batch.size() > 1 && SqlErrors.isTimeout(e))) {
            return false;
          }
          stuckFrom = System.nanoTime();
          if (!warned) {
            LOG.warn(
                "Outcomes cannot be written; {} are waiting: {}",
                batch.size(),
                e.getMostSpecificCause().getMessage());
            warned = true;
          }
          pause.await(RETRY);
        }
      }
    } finally {
      stuckFrom = NEVER;
    }
  }

  private void settled(List<Ack> batch, QueueStore.Settled settled) {
    if (settled.locked().isEmpty()) {
      afterCommit.accept(batch, settled.ids());
      return;
    }
    List<Ack> decided = new ArrayList<>(batch);
    decided.removeIf(ack -> settled.locked().contains(ack.row().id()));
    afterCommit.accept(decided, settled.ids());
    for (Ack ack : batch) {
      if (settled.locked().contains(ack.row().id())) {
        locked.add(ack);
      }
    }
    lockedIds = ids(locked);
  }

  private static List<Long> ids(List<Ack> acks) {
    return acks.stream().map(ack -> ack.row().id()).toList();
  }
}
