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
 * Claims rows of a target, going through its lanes in turn so that no lane is always first. Each
 * walk leaves what came after it began to the next one, so that new lanes never keep an old one
 * from its turn. Used by one thread.
 */
final class LaneClaimer {

  /**
   * How many sections of lanes one claim walks through when those in front cannot be claimed. Other
   * targets have their turn before the rest.
   */
  private static final int SCANS = 2;

  private final QueueStore store;
  private final BatchPolicy batchPolicy;
  private volatile Duration lease = Duration.ZERO;
  private final Map<String, LaneCursor> cursors = new HashMap<>();

  LaneClaimer(QueueStore store, BatchPolicy batchPolicy) {
    this.store = store;
    this.batchPolicy = batchPolicy;
  }

  /**
   * What was leased.
   *
   * @param calls to be made, each for one row or for several
   * @param unsendable leased too, with the outcome they have without being sent
   * @param full more rows may be due than fit
   * @param contended the scan was cut short, for example by another instance in the same lane: scan
   *     again soon
   */
  record Claimed(
      List<List<ClaimedRow>> calls, List<Ack> unsendable, boolean full, boolean contended) {}

  /** Sets how long later claims lease their rows. */
  void leaseFor(Duration newLease) {
    lease = newLease;
  }

  /** The most rows of a target that one call may carry. */
  int rowsPerCall(String target) {
    return batchPolicy.of(target).maxRows();
  }

  /** Leases due rows of a target for at most that many calls. */
  Claimed claim(Targets.Due due, int calls) {
    String target = due.target();
    Claims claims = new Claims(batchPolicy.of(target), calls);
    if (!due.lanes()) {
      claims.add(store.claimPlain(target, claims.batching, claims.room, lease));
      return claims.claimed(false);
    }
    LaneCursor cursor = cursors.getOrDefault(target, LaneCursor.START);
    boolean fromFirst = cursor.atStart();
    boolean ended = false;
    for (int scan = 0; scan < SCANS && !claims.full(); scan++) {
      Claim claim;
      try {
        claim = store.claim(target, claims.batching, claims.room, cursor, lease);
      } catch (DataAccessException e) {
        if (e instanceof DuplicateKeyException || !claims.isEmpty()) {
          // Rows that are leased already must start, whatever happened to the rest.
          return claims.claimed(true);
        }
        throw e;
      }
      claims.add(claim);
      if (claim.next() != null) {
        cursor = claim.next();
      } else {
        cursor = LaneCursor.START;
        if (fromFirst) {
          ended = true;
          break;
        }
        fromFirst = true;
      }
    }
    cursors.put(target, cursor);
    return claims.claimed(!ended && !claims.full());
  }

  /** The rows of several claims, and the room that is left. */
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
