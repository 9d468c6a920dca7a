package net.insightpulseai.bridge.outbox;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;

/**
 * One queue's claim loop and the calls that it starts. It outlives its consumers: a route that is
 * replaced stops claiming, gives back the rows that were not started, and lets those in flight
 * finish.
 */
final class QueueEngine implements AutoCloseable {

  /** Leases are longer than a call by more than this and the time to judge its answer. */
  private static final Duration LONGEST_HELD = Duration.ofSeconds(10);

  private static final Duration LAST_CLAIM = Duration.ofSeconds(2);
  private static final Duration LAST_ROWS = Duration.ofSeconds(3);

  private final QueueStore store;
  private final ExecutorService workers;
  private final CircuitBreakers breakers;
  private final ConcurrencyLimiter limiter;
  private final HeldCalls held;
  private final LaneClaimer claimer;
  private final CallRunner calls;
  private final OutcomeWriter outcomes;
  private final QueueKeeper keeper;
  private final Signal signal = new Signal();
  private final ClaimLoop loop;
  private final Thread thread;

  QueueEngine(
      Queue queue,
      QueueStore store,
      OutboxSettings settings,
      ExecutorService workers,
      CircuitBreakers breakers,
      TargetLimits limits,
      TargetShare share,
      BatchPolicy batchPolicy,
      QueueMetrics metrics,
      List<RowsFinishedListener> listeners) {
    this.store = store;
    this.workers = workers;
    this.breakers = breakers;
    this.limiter =
        new ConcurrencyLimiter(
            settings.slots(),
            settings.slotsPerTarget(),
            settings.claimAhead(),
            limits,
            () -> share.of(queue),
            System::nanoTime);
    this.held = new HeldCalls(limiter, System::nanoTime, LONGEST_HELD);
    this.claimer = new LaneClaimer(store, batchPolicy);
    this.outcomes =
        new OutcomeWriter(queue, store, metrics, listeners, () -> held.rows() > 0, signal::raise);
    this.keeper = new QueueKeeper(queue, store, metrics, outcomes);
    this.calls =
        new CallRunner(
            held,
            limiter,
            breakers,
            new RowWorker(store, breakers, this::pause, System::nanoTime),
            outcomes,
            workers,
            this::slotFreed);
    this.loop =
        new ClaimLoop(
            queue,
            store,
            settings.pollInterval(),
            breakers,
            limiter,
            claimer,
            outcomes,
            held,
            calls,
            signal);
    this.thread = new Thread(loop, "claim-" + queue.label());
    this.thread.setDaemon(true);
    this.thread.start();
  }

  private void slotFreed(String target, boolean taken) {
    loop.slotFreed(target, taken);
  }

  /** Starts claiming for this handler, with leases of the given length. */
  void attach(RowHandler newHandler, Duration lease) {
    claimer.leaseFor(lease);
    calls.attach(newHandler);
    loop.lookNow();
  }

  /** Stops claiming, if this handler is still attached; its rows in flight continue. */
  void detach(RowHandler oldHandler) {
    if (calls.detach(oldHandler)) {
      signal.raise();
    }
  }

  /** There may be new rows. */
  void wake() {
    signal.raise();
  }

  /** A target may have been stopped or resumed: what is held for one that is stopped goes back. */
  void lookNow() {
    loop.lookNow();
  }

  /** Nothing that is held for the target starts meanwhile, and all of it goes back. */
  private void pause(String target, String why) {
    held.block(target);
    try {
      store.pause(target, why);
    } finally {
      calls.giveBack(held.unblock(target));
      loop.lookNow();
    }
  }

  int inFlight() {
    return limiter.inFlight();
  }

  /** Rows that are leased and wait for a slot. */
  int held() {
    return held.rows();
  }

  /** What it does now. */
  QueueWork.Work work() {
    return new QueueWork.Work(!calls.stopped(), inFlight(), held());
  }

  /** What keeps this queue's rows from being forgotten. */
  QueueKeeper keeper() {
    return keeper;
  }

  /** Probes the targets whose probe is due, and claims for those that work. */
  void askTargets() {
    for (String target : breakers.due()) {
      workers.execute(
          () -> {
            breakers.probeAgain(target);
            loop.lookNow();
          });
    }
  }

  /**
   * Ends the loop, lets calls in flight end, and writes the outcomes. Consumers have been stopped
   * before and their exchanges have ended; at most a probe still runs here.
   */
  @Override
  public void close() {
    calls.close();
    loop.close();
    try {
      // Rows that are being claimed now are given back, which needs the parts below.
      thread.join(LAST_CLAIM.toMillis());
      thread.interrupt();
      limiter.awaitIdle(LAST_ROWS);
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
    calls.giveBack(held.dropAll());
    outcomes.close();
  }
}
