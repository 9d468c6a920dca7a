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
  private final BatchPolicy batchPolicy;
  private volatile Duration lease = Duration.ZERO;
  private final Map<String, String> cursors = new HashMap<>();

  LaneClaimer(QueueStore store, BatchPolicy batchPolicy) {
    this.store = store;
    this.batchPolicy = batchPolicy;
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
  record Claimed(
      List<List<ClaimedRow>> calls, List<Ack> unsendable, boolean full, boolean contended) {}

  /** Later claims lease for that long. */
  void leaseFor(Duration newLease) {
    lease = newLease;
  }

  /** Leases due rows of a target for up to so many calls. */
  Claimed claim(String target, int calls) {
    Claims claims = new Claims(batchPolicy.of(target), calls);
    String after = cursors.getOrDefault(target, "");
    boolean fromFirst = after.isEmpty();
    for (int scan = 0; scan < SCANS && !claims.full(); scan++) {
      Claim claim;
      try {
        claim = store.claim(target, claims.batching, claims.room, after, lease);
      } catch (DataAccessException e) {
        if (e instanceof DuplicateKeyException || !claims.isEmpty()) {
          // What is leased already must start, whatever became of the rest.
          return claims.claimed(true);
        }
        throw e;
      }
      claims.add(claim);
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
    return claims.claimed(false);
  }

  /** What several claims bring together, and the room that is left. */
  private static final class Claims {

    private final BatchPolicy.Batching batching;
    private final List<ClaimedRow> batchable = new ArrayList<>();
    private final List<List<ClaimedRow>> calls = new ArrayList<>();
    private final List<Ack> unsendable = new ArrayList<>();
    private int room;

    Claims(BatchPolicy.Batching batching, int calls) {
      this.batching = batching;
      this.room = calls * batching.maxRows();
    }

    void add(Claim claim) {
      claim.rows().forEach(row -> calls.add(List.of(row)));
      batchable.addAll(claim.batchable());
      unsendable.addAll(claim.unsendable());
      int alone = claim.rows().size() + claim.unsendable().size();
      room -= alone * batching.maxRows() + claim.batchable().size();
    }

    boolean full() {
      return room < batching.maxRows();
    }

    boolean isEmpty() {
      return calls.isEmpty() && batchable.isEmpty() && unsendable.isEmpty();
    }

    Claimed claimed(boolean contended) {
      batchable.sort(Comparator.comparingLong(ClaimedRow::id));
      for (int from = 0; from < batchable.size(); from += batching.maxRows()) {
        int to = Math.min(from + batching.maxRows(), batchable.size());
        calls.add(List.copyOf(batchable.subList(from, to)));
      }
      return new Claimed(calls, unsendable, full(), contended);
    }
  }
}
