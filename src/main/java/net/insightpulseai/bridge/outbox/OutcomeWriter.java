package net.insightpulseai.bridge.outbox;

import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts outcomes, writes them many at a time, and notifies the listeners. */
final class OutcomeWriter implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OutcomeWriter.class);

  private final Queue queue;
  private final QueueMetrics metrics;
  private final List<RowsFinishedListener> listeners;
  private final Runnable laneFreed;
  private final AckBuffer acks;

  /**
   * @param busy whether rows wait for a slot
   * @param laneFreed called when the next row of a lane may be due
   */
  OutcomeWriter(
      Queue queue,
      QueueStore store,
      QueueMetrics metrics,
      List<RowsFinishedListener> listeners,
      BooleanSupplier busy,
      Runnable laneFreed) {
    this.queue = queue;
    this.metrics = metrics;
    this.listeners = List.copyOf(listeners);
    this.laneFreed = laneFreed;
    this.acks = new AckBuffer("ack-" + queue.label(), store, busy, this::committed);
  }

  /** Accepts an outcome; it is written shortly afterwards. */
  void submit(Ack ack) {
    metrics.attempted(ack);
    try {
      acks.add(ack.withoutPayload());
    } catch (InterruptedException e) {
      LOG.warn(
          "The outcome of row {} is not written; the row is sent again when its lease ends",
          ack.row().id());
      Thread.currentThread().interrupt();
    }
  }

  /**
   * After a commit.
   *
   * @param ids the rows of the batch that still held their lease
   */
  private void committed(List<Ack> batch, Set<Long> ids) {
    for (Ack ack : batch) {
      if (!ids.contains(ack.row().id())) {
        metrics.leaseLost();
        LOG.warn(
            "Row {} for {} had lost its lease; this outcome ({}) does not count",
            ack.row().id(),
            ack.row().target(),
            ack.outcome().reason());
      }
    }
    List<Long> ended =
        batch.stream().filter(Ack::ended).map(ack -> ack.row().id()).filter(ids::contains).toList();
    if (!ended.isEmpty()) {
      listeners.forEach(listener -> listener.rowsFinished(queue.label(), ended));
    }
    if (batch.stream().anyMatch(ack -> !ack.row().orderingKey().isEmpty())) {
      laneFreed.run();
    }
  }

  /**
   * Whether the database takes no outcomes now. What is sent meanwhile would be sent again when its
   * lease ends.
   */
  boolean isStuck() {
    return acks.isStuck();
  }

  /** The rows whose outcomes wait because somebody else has locked them. */
  List<Long> lockedIds() {
    return acks.lockedIds();
  }

  /** Writes the accepted outcomes, for at most 5 s. */
  @Override
  public void close() {
    acks.close();
  }
}
