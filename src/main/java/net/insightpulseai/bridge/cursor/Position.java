package net.insightpulseai.bridge.cursor;

/**
 * A place in the order of all events, right behind one of them. Positions of the same {@code
 * restores} are ordered by {@code xact}, then by {@code id}.
 *
 * @param restores the number of the last time that restored events had been found when it was made;
 *     one of another number is out of date
 * @param xact the transaction that stored the event; 0 for a restored one
 * @param id the event's
 */
public record Position(int restores, long xact, long id) {

  /** Whether this is behind the other one, of the same restore. */
  public boolean isAfter(Position other) {
    return xact == other.xact ? id > other.id : xact > other.xact;
  }
}
