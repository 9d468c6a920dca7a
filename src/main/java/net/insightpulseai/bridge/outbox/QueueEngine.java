package net.insightpulseai.bridge.outbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * One queue's claim loop. It outlives its consumers: a route that is replaced stops claiming, gives
 * back the rows that were not started, and lets those in flight finish. Claimed rows start at once;
 * nothing is fetched ahead, so a slow call holds its own slot and no other.
 */
final class QueueEngine implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(QueueEngine.class);

  /**
   * A producer whose notification was suppressed may commit a little after the one that sent one.
   */
  private static final Duration TRAILING_POLL = Duration.ofMillis(50);

  private static final Duration LONGEST_ERROR_PAUSE = Duration.ofSeconds(10);
  private static final Duration LAST_CLAIM = Duration.ofSeconds(2);
  private static final Duration LAST_ROWS = Duration.ofSeconds(3);

  private final Queue queue;
  private final QueueStore store;
  private final OutboxSettings settings;
  private final ExecutorService workers;
  private final CircuitBreakers breakers;
  private final ConcurrencyLimiter limiter;
  private final LaneClaimer claimer;
  private final RowWorker worker;
  private final OutcomeWriter outcomes;
  private final QueueKeeper keeper;
  private final Signal signal = new Signal();
  private final Thread loop;
  private volatile @Nullable RowHandler handler;
  private volatile boolean slotAwaited;
  private volatile boolean closed;
  private int turn;

  QueueEngine(
      Queue queue,
      QueueStore store,
      OutboxSettings settings,
      ExecutorService workers,
      CircuitBreakers breakers,
      TargetLimits limits,
      BatchPolicy batchPolicy,
      QueueMetrics metrics,
      List<RowsFinishedListener> listeners) {
    this.queue = queue;
    this.store = store;
    this.settings = settings;
    this.workers = workers;
    this.breakers = breakers;
    this.limiter =
        new ConcurrencyLimiter(
            settings.slots(),
            settings.slotsPerTarget(),
            limits,
            new TokenBuckets(System::nanoTime));
    this.claimer = new LaneClaimer(store, batchPolicy);
    this.worker = new RowWorker(store, breakers);
    this.outcomes = new OutcomeWriter(queue, store, metrics, listeners, signal::raise);
    this.keeper = new QueueKeeper(queue, store, metrics, outcomes);
    this.loop = new Thread(this::run, "claim-" + queue.label());
    this.loop.setDaemon(true);
    this.loop.start();
  }

  /** Starts claiming for this handler, with leases of the given length. */
  void attach(RowHandler newHandler, Duration lease) {
    claimer.leaseFor(lease);
    handler = newHandler;
    signal.raise();
  }

  /** Stops claiming, if this handler is still attached; its rows in flight continue. */
  void detach(RowHandler oldHandler) {
    if (handler == oldHandler) {
      handler = null;
    }
  }

  /** There may be new rows. */
  void wake() {
    signal.raise();
  }

  int inFlight() {
    return limiter.inFlight();
  }

  @SuppressWarnings("CatchThrowable") // without this thread nothing is ever sent again
  private void run() {
    Duration pause = settings.pollInterval();
    Duration errorPause = settings.pollInterval();
    while (!closed) {
      try {
        boolean woken = signal.await(pause);
        pause = woken ? TRAILING_POLL : settings.pollInterval();
        if (handler != null) {
          claimAll();
          pause = sooner(pause, limiter.takeRateWait());
        }
        errorPause = settings.pollInterval();
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
  }

  private static Duration sooner(Duration pause, @Nullable Duration other) {
    return other != null && other.compareTo(pause) < 0 ? other : pause;
  }

  private void claimAll() {
    // A slot that is freed during this scan must not go unnoticed.
    slotAwaited = true;
    boolean full = false;
    List<String> targets = new ArrayList<>(store.targets());
    // Every target takes its turn as the first, so that the limit across all targets starves none.
    Collections.rotate(targets, turn++);
    for (String target : targets) {
      if (!breakers.permits(target)) {
        continue;
      }
      int free = limiter.available(target);
      if (free <= 0 || start(claimer.claim(target, free))) {
        full = true;
      }
    }
    slotAwaited = full;
  }

  /** Starts the claimed calls at once; returns whether more rows may be due. */
  private boolean start(LaneClaimer.Claimed claimed) {
    if (claimed.contended()) {
      signal.raise();
    }
    claimed.unsendable().forEach(outcomes::submit);
    for (List<ClaimedRow> rows : claimed.calls()) {
      limiter.acquire(rows.get(0).target(), rows.size());
      try {
        workers.execute(() -> work(rows));
      } catch (RejectedExecutionException | OutOfMemoryError e) {
        // No thread is available, now or ever again.
        finished(rows, notStarted(rows));
      }
    }
    return claimed.full();
  }

  private void work(List<ClaimedRow> rows) {
    RowHandler current = handler;
    List<Ack> acks = null;
    try {
      acks = current == null ? notStarted(rows) : worker.work(rows, current);
    } finally {
      // The slot is freed whatever happened: eight lost slots would stop a target for good.
      if (acks == null) {
        freeSlot(rows);
      }
    }
    finished(rows, acks);
  }

  private static List<Ack> notStarted(List<ClaimedRow> rows) {
    return rows.stream().map(Ack::notStarted).toList();
  }

  private void finished(List<ClaimedRow> rows, List<Ack> acks) {
    // If the target accepted any row of a call, it works, whatever happened to the rest.
    acks.stream()
        .filter(Ack::started)
        .map(ack -> ack.outcome().kind())
        .min(Comparator.naturalOrder())
        .ifPresent(kind -> limiter.record(rows.get(0).target(), kind));
    try {
      acks.forEach(outcomes::submit);
    } finally {
      freeSlot(rows);
    }
  }

  private void freeSlot(List<ClaimedRow> rows) {
    limiter.release(rows.get(0).target(), rows.size());
    if (slotAwaited) {
      signal.raise();
    }
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
            if (breakers.probeAgain(target) == null) {
              signal.raise();
            }
          });
    }
  }

  /**
   * Ends the loop, lets calls in flight end, and writes the outcomes. Consumers have been stopped
   * before and their exchanges have ended; at most a probe still runs here.
   */
  @Override
  public void close() {
    closed = true;
    signal.raise();
    try {
      // Rows that are being claimed now are given back, which needs the parts below.
      loop.join(LAST_CLAIM.toMillis());
      loop.interrupt();
      limiter.awaitIdle(LAST_ROWS);
    } catch (InterruptedException e) {
      loop.interrupt();
      Thread.currentThread().interrupt();
    }
    outcomes.close();
  }
}
