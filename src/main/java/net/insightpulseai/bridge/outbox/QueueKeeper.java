package net.insightpulseai.bridge.outbox;

import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees from time to time that no row of a queue is forgotten, and whose locks it waits for. */
final class QueueKeeper {

  private static final Logger LOG = LoggerFactory.getLogger(QueueKeeper.class);

  private final Queue queue;
  private final QueueStore store;
  private final QueueMetrics metrics;
  private final OutcomeWriter outcomes;

  QueueKeeper(Queue queue, QueueStore store, QueueMetrics metrics, OutcomeWriter outcomes) {
    this.queue = queue;
    this.store = store;
    this.metrics = metrics;
    this.outcomes = outcomes;
  }

  /**
   * Queues rows again whose lease has ended, and those of instances that are gone; completes rows
   * that came while triggers were off, and lets no row be forgotten.
   */
  void rescue(Collection<String> gone) {
    int rescued = store.rescue(gone);
    if (rescued > 0) {
      metrics.rescued(rescued);
      LOG.warn(
          "{}: {} rows were in flight at workers that did not report back; queued again",
          queue.label(),
          rescued);
    }
    int completed = store.complete();
    if (completed > 0) {
      LOG.warn(
          "{}: {} rows came while triggers were off; they have a lane and a key now",
          queue.label(),
          completed);
    }
    store.promote();
  }

  /** Reports the sessions that hold the locks that this queue waits for. */
  void reportLocks(BlockedQueues blocked) {
    List<Long> locked = outcomes.lockedIds();
    List<Blocker> by = store.blockers(locked);
    if (locked.isEmpty() && by.isEmpty()) {
      blocked.free(queue.label());
    } else {
      blocked.blocked(queue.label(), new BlockedQueues.Blocked(locked.size(), by));
    }
  }
}
