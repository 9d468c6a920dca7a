package net.insightpulseai.bridge.outbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes outcomes many at a time: those that arrive while one batch is being committed form the
 * next, up to a hundred rows or four megabytes. While other rows wait for a slot, it collects for
 * 10 ms, because a statement costs as much as twenty of its rows; otherwise it waits for nothing,
 * because the next row of a lane starts only after the commit. A worker that finds the buffer full
 * waits. While the database is unreachable, outcomes stay here; a row whose lease ends in the
 * meantime is sent again with the same idempotency key.
 */
final class AckBuffer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AckBuffer.class);
  private static final int ROWS = 100;

  /** What a batch holds takes several times as much on its way to the database. */
  private static final int CHARACTERS = 4 * 1024 * 1024;

  private static final Duration COLLECT = Duration.ofMillis(10);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration LAST_FLUSH = Duration.ofSeconds(5);

  private final BlockingQueue<Ack> waiting = new ArrayBlockingQueue<>(2_000);
  private final AckWriter writer;
  private final BooleanSupplier busy;
  private final Thread thread;
  private volatile boolean closing;

  /**
   * @param busy whether rows wait for a slot
   * @param afterCommit called with each batch and the ids in it that still held their lease
   */
  AckBuffer(
      String name,
      QueueStore store,
      BooleanSupplier busy,
      BiConsumer<List<Ack>, Set<Long>> afterCommit) {
    this.busy = busy;
    this.writer = new AckWriter(store, afterCommit);
    this.thread = new Thread(this::run, name);
    this.thread.setDaemon(true);
    this.thread.start();
  }

  /** The rows whose outcomes wait because somebody else has locked them. */
  List<Long> lockedIds() {
    return writer.lockedIds();
  }

  /** Whether the database takes no outcomes now. */
  boolean isStuck() {
    return writer.isStuck();
  }

  /** Hands an outcome over; blocks while 2,000 are waiting. */
  void add(Ack ack) throws InterruptedException {
    waiting.put(ack);
  }

  @SuppressWarnings("CatchThrowable")
  private void run() {
    List<Ack> batch = new ArrayList<>(ROWS);
    while (!(closing && waiting.isEmpty() && lockedIds().isEmpty())) {
      try {
        collect(batch);
        writer.write(batch);
        writer.writeLocked(ROWS);
      } catch (InterruptedException e) {
        LOG.warn(
            "{} outcomes were not written; their rows are sent again when their leases end",
            batch.size() + waiting.size() + lockedIds().size());
        return;
      } catch (Throwable e) {
        // This thread must survive whatever a batch does: without it no row ever ends.
        LOG.error(
            "The outcomes of {} rows are lost; the rows are sent again when their leases end",
            batch.size(),
            e);
      }
      batch.clear();
    }
  }

  private void collect(List<Ack> batch) throws InterruptedException {
    Ack first = waiting.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
    if (first == null) {
      return;
    }
    batch.add(first);
    if (busy.getAsBoolean() && waiting.size() < ROWS && !closing) {
      LockSupport.parkNanos(COLLECT.toNanos());
    }
    int characters = first.characters();
    for (Ack next = waiting.peek(); next != null && batch.size() < ROWS; next = waiting.peek()) {
      characters += next.characters();
      if (characters > CHARACTERS) {
        return;
      }
      batch.add(waiting.remove());
    }
  }

  /** Writes what is left, for at most 5 s. */
  @Override
  public void close() {
    closing = true;
    try {
      thread.join(LAST_FLUSH.toMillis());
      if (thread.isAlive()) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
