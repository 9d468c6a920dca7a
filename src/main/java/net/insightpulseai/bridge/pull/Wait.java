package net.insightpulseai.bridge.pull;

import java.util.function.Consumer;
import net.insightpulseai.bridge.cursor.Bookmark;
import net.insightpulseai.bridge.cursor.Position;

/** A request that waits for events. Compared by identity. */
final class Wait {

  private final PullRequest request;
  private final long deadline;
  private final Consumer<PullAnswer> found;
  private final Consumer<RuntimeException> failed;
  private volatile Bookmark reached;

  /**
   * @param reached up to where there is nothing for it
   * @param found gets the answer, which may be without events, unless {@code failed} gets why
   */
  Wait(
      PullRequest request,
      Bookmark reached,
      Consumer<PullAnswer> found,
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

  Bookmark reached() {
    return reached;
  }

  /** Nothing is there for it up to this position, which may be one that it has passed. */
  void reach(Position position) {
    Bookmark before = reached;
    if (position.restores() != before.position().restores()
        || position.isAfter(before.position())) {
      reached = new Bookmark(position, before.moves());
    }
  }

  /** It was read, which found nothing up to there: behind where it was, or moved back. */
  void readUpTo(Bookmark place) {
    reached = place;
  }

  boolean isOver() {
    return System.nanoTime() - deadline >= 0;
  }

  void answer(PullAnswer answer) {
    found.accept(answer);
  }

  void fail(RuntimeException failure) {
    failed.accept(failure);
  }
}
