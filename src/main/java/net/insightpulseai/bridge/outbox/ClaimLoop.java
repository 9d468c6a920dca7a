package net.insightpulseai.bridge.outbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Claims rows ahead of the slots that they will need, starts them, and gives back what cannot
 * start. While outcomes cannot be written nothing starts, because it would be sent again when its
 * lease ends. While every target that had due rows still has enough of them in memory, the database
 * is asked at the {@link LookPace}, however many rows are announced or lanes freed.
 */
final class ClaimLoop implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(ClaimLoop.class);

  private static final Duration LONGEST_ERROR_PAUSE = Duration.ofSeconds(10);

  /** How soon to look again whether outcomes can be written. */
  private static final Duration STUCK = Duration.ofMillis(500);

  private final Queue queue;
  private final QueueStore store;
  private final Duration pollInterval;
  private final CircuitBreakers breakers;
  private final ConcurrencyLimiter limiter;
  private final LaneClaimer claimer;
  private final OutcomeWriter outcomes;
  private final HeldCalls held;
  private final CallRunner calls;
  private final Signal signal;
  private final LookPace pace = new LookPace(System::nanoTime);
  private List<String> seen = List.of();
  private int turn;
  private boolean announced;
  private volatile boolean slotAwaited;
  private volatile boolean lookNow;
  private volatile boolean closed;

  ClaimLoop(
      Queue queue,
      QueueStore store,
      Duration pollInterval,
      CircuitBreakers breakers,
      ConcurrencyLimiter limiter,
      LaneClaimer claimer,
      OutcomeWriter outcomes,
      HeldCalls held,
      CallRunner calls,
      Signal signal) {
    this.queue = queue;
    this.store = store;
    this.pollInterval = pollInterval;
    this.breakers = breakers;
    this.limiter = limiter;
    this.claimer = claimer;
    this.outcomes = outcomes;
    this.held = held;
    this.calls = calls;
    this.signal = signal;
  }

  /** Looks at once, whatever is held. */
  void lookNow() {
    lookNow = true;
    signal.raise();
  }

  /** A call has ended; more rows are needed if its target has none left in memory, or few. */
  void slotFreed(String target, boolean taken) {
    if ((!taken && held.rows() > 0) || (slotAwaited && (!taken || held.isLow(target)))) {
      lookNow();
    }
  }

  /** Ends the loop; what is held goes back first. */
  void close() {
    closed = true;
    signal.raise();
  }

  @Override
  @SuppressWarnings("CatchThrowable") // without this thread nothing is ever sent again
  public void run() {
    Duration pause = pollInterval;
    Duration errorPause = pollInterval;
    while (!closed) {
      try {
        boolean woken = signal.await(pause);
        pause = sooner(pass(woken), limiter.takeRateWait());
        errorPause = pollInterval;
      } catch (InterruptedException e) {
        return;
      } catch (DataAccessException e) {
        LOG.warn(
            "{}: no rows can be claimed; next try in {} ms: {}",
            queue.label(),
            errorPause.toMillis(),
            e.getMostSpecificCause().getMessage());
        pause = errorPause;
        Duration longer = errorPause.multipliedBy(2);
        errorPause = longer.compareTo(LONGEST_ERROR_PAUSE) > 0 ? LONGEST_ERROR_PAUSE : longer;
      } catch (Throwable e) {
        LOG.error("{}: the claim loop failed; it continues", queue.label(), e);
      }
    }
    calls.giveBack(held.dropAll());
  }

  private static Duration sooner(Duration pause, @Nullable Duration other) {
    return other != null && other.compareTo(pause) < 0 ? other : pause;
  }

  /** Returns how long to sleep unless something happens. */
  private Duration pass(boolean woken) {
    if (calls.stopped()) {
      calls.giveBack(held.dropAll());
      if (!calls.resume()) {
        return pollInterval;
      }
    }
    giveBackWhatCannotStart();
    announced |= woken;
    if (outcomes.isStuck()) {
      return sooner(pollInterval, STUCK);
    }
    calls.startHeld();
    boolean refill = lookNow || isHungry() || pace.untilRefill().isZero();
    if (!refill) {
      Duration wait = announced ? pace.untilAnnounced() : pace.untilRefill();
      if (!wait.isZero()) {
        return wait;
      }
    }
    lookNow = false;
    pace.begin();
    look(refill);
    pace.end();
    Duration next = announced ? LookPace.TRAILING_POLL : pollInterval;
    announced = false;
    return next;
  }

  private boolean isHungry() {
    return seen.isEmpty() || seen.stream().anyMatch(held::isLow);
  }

  private void giveBackWhatCannotStart() {
    for (String target : held.targets()) {
      calls.giveBack(
          breakers.permits(target)
              ? held.dropExcess(target, limiter.room(target))
              : held.drop(target));
    }
  }

  /**
   * @param refill whether rows are also claimed for targets that still have enough of them
   */
  private void look(boolean refill) {
    // A slot that is freed during this scan must not go unnoticed.
    slotAwaited = true;
    boolean full = false;
    Targets targets = store.targets(held.targets());
    targets.stopped().forEach(target -> calls.giveBack(held.drop(target)));
    List<Targets.Due> due = new ArrayList<>(targets.due());
    seen = due.stream().map(Targets.Due::target).toList();
    // Every target takes its turn as the first, so that the limit across all targets starves none.
    Collections.rotate(due, turn++);
    for (Targets.Due one : due) {
      if (!refill && !held.isLow(one.target())) {
        full = true;
      } else if (breakers.permits(one.target()) && !calls.stopped()) {
        int wanted =
            held.wanted(
                one.target(), limiter.room(one.target()), claimer.rowsPerCall(one.target()));
        // Leases begin while the claim runs, however long it takes.
        long since = System.nanoTime();
        full |= wanted <= 0 || take(claimer.claim(one, wanted), since);
      }
    }
    slotAwaited = full;
  }

  /** Starts what there are slots for, and holds the rest; returns whether more rows may be due. */
  private boolean take(LaneClaimer.Claimed claimed, long since) {
    if (claimed.contended()) {
      lookNow();
    }
    claimed.unsendable().forEach(outcomes::submit);
    held.add(claimed.calls(), since);
    calls.startHeld();
    return claimed.full();
  }
}
