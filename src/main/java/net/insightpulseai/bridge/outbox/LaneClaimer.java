package net.insightpulseai.bridge.outbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;

/**
 * Claims for a target, walking its lanes in turn, so that no lane is always first. Used by one
 * thread.
 */
final class LaneClaimer {

  /** How many stretches of lanes one claim looks at, when those in front are all in back-off. */
  private static final int SCANS = 8;

  private final QueueStore store;
  private final BatchPolicy sharedCalls;
  private volatile Duration lease = Duration.ZERO;
  private final Map<String, String> cursors = new HashMap<>();

  LaneClaimer(QueueStore store, BatchPolicy sharedCalls) {
    this.store = store;
    this.sharedCalls = sharedCalls;
  }

  /**
   * What was leased.
   *
   * @param calls to be made, each for one row or for several
   * @param unsendable leased too, with the outcome they have without being sent
   * @param full there may be more that found no room
   * @param contended the look-around was cut short, as by another instance in the same lane: look
   *     again soon
   */
  record Taken(
      List<List<ClaimedRow>> calls, List<Ack> unsendable, boolean full, boolean contended) {}

  /** Later claims lease for that long. */
  void lease(Duration newLease) {
    lease = newLease;
  }

  /** Leases due rows of a target for up to so many calls. */
  Taken take(String target, int calls) {
    Load load = new Load(sharedCalls.of(target), calls);
    String after = cursors.getOrDefault(target, "");
    boolean fromFirst = after.isEmpty();
    for (int scan = 0; scan < SCANS && !load.full(); scan++) {
      Claim claim;
      try {
        claim = store.claim(target, load.share, load.room, after, lease);
      } catch (DataAccessException e) {
        if (e instanceof DuplicateKeyException || !load.isEmpty()) {
          // What is leased already must start, whatever became of the rest.
          return load.taken(true);
        }
        throw e;
      }
      load.add(claim);
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
    return load.taken(false);
  }

  /** What several claims bring together, and the room that is left. */
  private static final class Load {

    private final BatchPolicy.Share share;
    private final List<ClaimedRow> shared = new ArrayList<>();
    private final List<List<ClaimedRow>> calls = new ArrayList<>();
    private final List<Ack> unsendable = new ArrayList<>();
    private int room;

    Load(BatchPolicy.Share share, int calls) {
      this.share = share;
      this.room = calls * share.most();
    }

    void add(Claim claim) {
      claim.rows().forEach(row -> calls.add(List.of(row)));
      shared.addAll(claim.shared());
      unsendable.addAll(claim.unsendable());
      int alone = claim.rows().size() + claim.unsendable().size();
      room -= alone * share.most() + claim.shared().size();
    }

    boolean full() {
      return room < share.most();
    }

    boolean isEmpty() {
      return calls.isEmpty() && shared.isEmpty() && unsendable.isEmpty();
    }

    Taken taken(boolean contended) {
      shared.sort(Comparator.comparingLong(ClaimedRow::id));
      for (int from = 0; from < shared.size(); from += share.most()) {
        int to = Math.min(from + share.most(), shared.size());
        calls.add(List.copyOf(shared.subList(from, to)));
      }
      return new Taken(calls, unsendable, full(), contended);
    }
  }
}
