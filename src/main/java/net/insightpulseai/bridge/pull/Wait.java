package net.insightpulseai.bridge.pull;

import java.util.function.Consumer;
import net.insightpulseai.bridge.cursor.EventBatch;
import net.insightpulseai.bridge.cursor.Position;

/** A request that waits for events. Compared by identity. */
final class Wait {

  private final PullRequest request;
  private final long deadline;
  private final Consumer<EventBatch> found;
  private final Consumer<RuntimeException> failed;
  private volatile Position reached;

  /**
   * @param reached up to where there is nothing for it
   * @param found gets the answer, which may be without events, unless {@code failed} gets why
   */
  Wait(
      PullRequest request,
      Position reached,
      Consumer<EventBatch> found,
      Consumer<RuntimeException> failed) {
    this.request = request;
    this.reached = reached;
    this.deadline = System.nanoTime() + request.atMost().toNanos();
    this.found = found;
    this.failed = failed;
  }

  PullRequest request() {
    return request;
  }

  Position reached() {
    return reached;
  }

  /** Nothing is there for it up to this position, which may be one that it has passed. */
  void reach(Position position) {
    if (position.restores() != reached.restores() || position.isAfter(reached)) {
      reached = position;
    }
  }

  boolean isOver() {
    return System.nanoTime() - deadline >= 0;
  }

  void answer(EventBatch batch) {
    found.accept(batch);
  }

  void fail(RuntimeException failure) {
    failed.accept(failure);
  }
}
