package net.insightpulseai.bridge.outbox;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Calls whose rows are leased and wait for a slot. Targets take turns, and each one's calls start
 * in the order in which they were claimed. Rows that are taken out and not started must be given
 * back.
 */
final class HeldCalls {

  /** The most rows that one claim takes for one target. */
  static final int MOST_ROWS = 500;

  /** The most characters of payloads, over all targets; beyond it only free slots are filled. */
  static final long MOST_CHARACTERS = 8L * 1024 * 1024;

  private final ConcurrencyLimiter limiter;
  private final LongSupplier nanos;
  private final Duration longest;
  private final Map<String, Deque<Held>> targets = new LinkedHashMap<>();
  private final Map<String, Integer> low = new HashMap<>();
  private final Set<String> blocked = new HashSet<>();
  private long characters;
  private int rowsHeld;

  /**
   * @param longest how long after the claim a row may still start
   */
  HeldCalls(ConcurrencyLimiter limiter, LongSupplier nanos, Duration longest) {
    this.limiter = limiter;
    this.nanos = nanos;
    this.longest = longest;
  }

  private record Held(List<ClaimedRow> rows, long since) {

    long characters() {
      return rows.stream().mapToLong(row -> row.payload().length()).sum();
    }
  }

  /**
   * For how many calls to claim rows of a target.
   *
   * @param rowsPerCall how many rows one call may carry
   */
  synchronized int wanted(String target, ConcurrencyLimiter.Room room, int rowsPerCall) {
    int held = size(target);
    int free = Math.max(0, room.free() - held);
    int most = Math.max(1, MOST_ROWS / rowsPerCall);
    int ahead = Math.min(room.ahead(), most);
    low.put(target, ahead == 0 && room.free() <= 0 ? -1 : ahead / 2);
    if (characters >= MOST_CHARACTERS || held > ahead / 2) {
      return Math.min(free, most);
    }
    return Math.min(Math.max(free, ahead - held), most);
  }

  /**
   * Holds calls of one target.
   *
   * @param since the nanosecond before which none of their leases began
   */
  synchronized void add(List<List<ClaimedRow>> calls, long since) {
    for (List<ClaimedRow> rows : calls) {
      Held held = new Held(rows, since);
      targets.computeIfAbsent(rows.get(0).target(), t -> new ArrayDeque<>()).add(held);
      characters += held.characters();
      rowsHeld += rows.size();
    }
  }

  /** The next call, which has a slot now; null if none has. */
  synchronized @Nullable List<ClaimedRow> next(Predicate<String> permitted) {
    Iterator<Map.Entry<String, Deque<Held>>> inTurn = targets.entrySet().iterator();
    while (inTurn.hasNext()) {
      Map.Entry<String, Deque<Held>> entry = inTurn.next();
      String target = entry.getKey();
      Held first = entry.getValue().element();
      if (!blocked.contains(target)
          && !isLate(first)
          && permitted.test(target)
          && limiter.tryAcquire(target, first.rows().size())) {
        remove(entry.getValue().remove());
        inTurn.remove();
        if (!entry.getValue().isEmpty()) {
          targets.put(target, entry.getValue());
        }
        return first.rows();
      }
    }
    return null;
  }

  private boolean isLate(Held held) {
    return nanos.getAsLong() - held.since() > longest.toNanos();
  }

  private void remove(Held held) {
    characters -= held.characters();
    rowsHeld -= held.rows().size();
  }

  /** Whether more rows of a target should be claimed. */
  synchronized boolean isLow(String target) {
    return size(target) <= low.getOrDefault(target, 0);
  }

  synchronized Set<String> targets() {
    return Set.copyOf(targets.keySet());
  }

  /** How many rows wait here. */
  synchronized int rows() {
    return rowsHeld;
  }

  private int size(String target) {
    Deque<Held> calls = targets.get(target);
    return calls == null ? 0 : calls.size();
  }

  /** Starts no rows of a target. */
  synchronized void block(String target) {
    blocked.add(target);
  }

  /** Takes out all rows of a target; those that come later may start again. */
  synchronized List<ClaimedRow> unblock(String target) {
    blocked.remove(target);
    return drop(target);
  }

  /** Takes out all rows of a target. */
  List<ClaimedRow> drop(String target) {
    return dropBeyond(target, 0);
  }

  /** Takes out all rows. */
  synchronized List<ClaimedRow> dropAll() {
    List<ClaimedRow> dropped = new ArrayList<>();
    targets().forEach(target -> dropped.addAll(drop(target)));
    return dropped;
  }

  /** Takes out what has waited too long, and what its target has become too slow for. */
  synchronized List<ClaimedRow> dropExcess(String target, ConcurrencyLimiter.Room room) {
    Deque<Held> calls = targets.get(target);
    boolean late = calls != null && isLate(calls.element());
    return dropBeyond(target, late ? 0 : Math.max(room.free(), 2 * room.ahead()));
  }

  /** The last ones that were claimed are the first to go back. */
  private synchronized List<ClaimedRow> dropBeyond(String target, int keep) {
    List<ClaimedRow> dropped = new ArrayList<>();
    Deque<Held> calls = targets.getOrDefault(target, new ArrayDeque<>());
    while (calls.size() > Math.max(0, keep)) {
      Held last = calls.removeLast();
      remove(last);
      dropped.addAll(last.rows());
    }
    if (calls.isEmpty()) {
      targets.remove(target);
    }
    return dropped;
  }
}
