package net.insightpulseai.bridge.outbox;

import java.util.Collection;

/** Is notified of rows that have reached their end. Every bean of this type is called. */
public interface RowsFinishedListener {

  /**
   * Called after the outcomes were committed, on the engine's ack thread: do not block.
   *
   * @param queue the queue's name
   * @param ids rows that are now applied, delivered or dead
   */
  void rowsFinished(String queue, Collection<Long> ids);
}
