package net.insightpulseai.bridge.outbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;

/**
 * Claims for a target, walking its lanes in turn, so that no lane is always first. Used by one
 * thread.
 */
final class LaneWalk {

  /** How many stretches of lanes one claim looks at, when those in front are all in back-off. */
  private static final int SCANS = 8;

  private final QueueStore store;
  private volatile Duration lease = Duration.ZERO;
  private final Map<String, String> cursors = new HashMap<>();

  LaneWalk(QueueStore store) {
    this.store = store;
  }

  /**
   * What was leased.
   *
   * @param rows to be sent
   * @param unsendable leased too, with the outcome they have without being sent
   * @param contended the look-around was cut short, as by another instance in the same lane: look
   *     again soon
   */
  record Taken(List<ClaimedRow> rows, List<Ack> unsendable, boolean contended) {

    int size() {
      return rows.size() + unsendable.size();
    }
  }

  /** Later claims lease for that long. */
  void lease(Duration newLease) {
    lease = newLease;
  }

  /** Leases up to so many due rows of a target. */
  Taken take(String target, int free) {
    Taken taken = new Taken(new ArrayList<>(), new ArrayList<>(), false);
    String after = cursors.getOrDefault(target, "");
    boolean fromFirst = after.isEmpty();
    for (int scan = 0; scan < SCANS && taken.size() < free; scan++) {
      Claim claim;
      try {
        claim = store.claim(target, free - taken.size(), after, lease);
      } catch (DataAccessException e) {
        if (e instanceof DuplicateKeyException || taken.size() > 0) {
          // What is leased already must start, whatever became of the rest.
          return new Taken(taken.rows(), taken.unsendable(), true);
        }
        throw e;
      }
      taken.rows().addAll(claim.rows());
      taken.unsendable().addAll(claim.unsendable());
      if (claim.scannedTo() != null) {
        after = claim.scannedTo();
      } else {
        after = "";
        if (fromFirst) {
          break;
        }
        fromFirst = true;
      }
    }
    cursors.put(target, after);
    return taken;
  }
}
