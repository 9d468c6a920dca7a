package net.insightpulseai.bridge.outbox;

import org.jspecify.annotations.Nullable;

/** Which part of the limits of its targets this replica may use, so that all keep them together. */
public interface TargetShare {

  /** Of a replica that is alone. */
  Share ALL = new Share(0, 1);

  /** Of one whose others do not know of it yet. */
  Share NONE = new Share(0, 0);

  /** The share in a queue, now. */
  Share of(Queue queue);

  /**
   * The place of this replica among those that take rows from a queue.
   *
   * @param place from 0
   * @param replicas how many there are; 0 means that this one may not take part yet
   */
  record Share(int place, int replicas) {

    /**
     * How many of a target's calls at once are this replica's. They add up to the limit. Where
     * there are fewer than replicas, some get none, for each target other ones.
     */
    int slots(String target, int limit) {
      if (replicas == 0) {
        return 0;
      }
      int turn = Math.floorMod(place + target.hashCode(), replicas);
      return limit / replicas + (turn < limit % replicas ? 1 : 0);
    }

    /**
     * How many rows a second are this replica's.
     *
     * @param limit of the target, which its {@code slots} share; null is no limit
     */
    @Nullable Double perSecond(@Nullable Integer limit, int slots) {
      return limit == null ? null : limit / (double) Math.max(1, Math.min(slots, replicas));
    }
  }
}
