package net.insightpulseai.bridge.outbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Writes outcomes many at a time, so that one commit serves a hundred rows. A worker that finds the
 * buffer full waits. While the database is away outcomes stay here; a row whose lease ends
 * meanwhile is sent again with the same idempotency key.
 */
final class AckBuffer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AckBuffer.class);
  private static final int ROWS = 100;
  private static final Duration LINGER = Duration.ofMillis(10);
  private static final Duration RETRY = Duration.ofMillis(500);
  private static final Duration LAST_FLUSH = Duration.ofSeconds(5);

  private final BlockingQueue<Ack> waiting = new ArrayBlockingQueue<>(2_000);
  private final QueueStore store;
  private final BiConsumer<List<Ack>, Set<Long>> afterCommit;
  private final Thread thread;
  private volatile boolean closing;

  /**
   * @param afterCommit told of each batch and of the ids in it that were settled
   */
  AckBuffer(String name, QueueStore store, BiConsumer<List<Ack>, Set<Long>> afterCommit) {
    this.store = store;
    this.afterCommit = afterCommit;
    this.thread = new Thread(this::run, name);
    this.thread.setDaemon(true);
    this.thread.start();
  }

  /** Hands an outcome over; blocks while 2,000 are waiting. */
  void add(Ack ack) throws InterruptedException {
    waiting.put(ack);
  }

  private void run() {
    List<Ack> batch = new ArrayList<>(ROWS);
    try {
      while (!(closing && waiting.isEmpty())) {
        collect(batch);
        if (!batch.isEmpty()) {
          writeUntilDone(batch);
          batch.clear();
        }
      }
    } catch (InterruptedException e) {
      LOG.warn(
          "{} outcomes were not written; their leases will end", batch.size() + waiting.size());
    }
  }

  private void collect(List<Ack> batch) throws InterruptedException {
    Ack first = waiting.poll(RETRY.toMillis(), TimeUnit.MILLISECONDS);
    if (first == null) {
      return;
    }
    batch.add(first);
    long end = System.nanoTime() + LINGER.toNanos();
    while (batch.size() < ROWS) {
      Ack next = waiting.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (next == null) {
        return;
      }
      batch.add(next);
    }
  }

  private void writeUntilDone(List<Ack> batch) throws InterruptedException {
    boolean told = false;
    while (true) {
      try {
        afterCommit.accept(batch, store.ack(batch));
        return;
      } catch (DataIntegrityViolationException e) {
        writeOneByOne(batch);
        return;
      } catch (DataAccessException e) {
        if (!told) {
          LOG.warn(
              "Outcomes cannot be written, {} wait: {}",
              batch.size(),
              e.getMostSpecificCause().getMessage());
          told = true;
        }
        // The thread waits, not the database: an interrupt ends it.
        synchronized (this) {
          wait(RETRY.toMillis());
        }
      } catch (RuntimeException e) {
        LOG.error("Outcomes of {} rows cannot be written; their leases will end", batch.size(), e);
        return;
      }
    }
  }

  /** One text that the database refuses must not hold the others up. */
  private void writeOneByOne(List<Ack> batch) {
    for (Ack ack : batch) {
      List<Ack> one = List.of(ack);
      try {
        afterCommit.accept(one, store.ack(one));
      } catch (DataAccessException refused) {
        List<Ack> bare = List.of(ack.withoutTexts());
        try {
          afterCommit.accept(bare, store.ack(bare));
        } catch (DataAccessException e) {
          LOG.warn(
              "The outcome of row {} cannot be written, its lease will end: {}",
              ack.row().id(),
              e.getMostSpecificCause().getMessage());
        }
      }
    }
  }

  /** Writes what is there, for at most 5 s. */
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
