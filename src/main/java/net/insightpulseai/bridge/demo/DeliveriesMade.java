package net.insightpulseai.bridge.demo;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import net.insightpulseai.bridge.outbox.Queue;
import net.insightpulseai.bridge.outbox.RowsFinishedListener;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Lets the tour wait for the deliveries that it shows. */
@Component
@Profile(DemoEnvironment.PROFILE)
class DeliveriesMade implements RowsFinishedListener {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Semaphore made = new Semaphore(0);

  @Override
  public void rowsFinished(String queue, Collection<Long> ids) {
    if (queue.equals(Queue.EVENT_DELIVERIES.label())) {
      made.release(ids.size());
    }
  }

  /**
   * Waits a limited time for a number of deliveries. If they take longer, the tour shows what there
   * is.
   */
  void await(int count) {
    try {
      boolean unused = made.tryAcquire(count, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
