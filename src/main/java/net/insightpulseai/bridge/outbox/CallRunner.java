package net.insightpulseai.bridge.outbox;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs held calls in slots. A worker that has finished one takes the next that may start, of any
 * target, and ends when there is none.
 */
final class CallRunner {

  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;

  private final HeldCalls held;
  private final ConcurrencyLimiter limiter;
  private final CircuitBreakers breakers;
  private final RowWorker worker;
  private final OutcomeWriter outcomes;
  private final ExecutorService workers;
  private final SlotListener slots;
  private volatile @Nullable RowHandler handler;
  private volatile boolean stopped = true;

  CallRunner(
      HeldCalls held,
      ConcurrencyLimiter limiter,
      CircuitBreakers breakers,
      RowWorker worker,
      OutcomeWriter outcomes,
      ExecutorService workers,
      SlotListener slots) {
    this.held = held;
    this.limiter = limiter;
    this.breakers = breakers;
    this.worker = worker;
    this.outcomes = outcomes;
    this.workers = workers;
    this.slots = slots;
  }

  /** Is told when slots are free. */
  interface SlotListener {

    /**
     * A call has ended.
     *
     * @param target whose call it was
     * @param taken whether its slot, or another one, has been taken by a held call
     */
    void slotFreed(String target, boolean taken);
  }

  /** Runs calls with this handler from now on, once nothing is held for an earlier one. */
  synchronized void attach(RowHandler newHandler) {
    handler = newHandler;
  }

  /** Starts nothing more for this handler; whether it was the one. */
  synchronized boolean detach(RowHandler oldHandler) {
    if (handler != oldHandler) {
      return false;
    }
    stopped = true;
    handler = null;
    return true;
  }

  /** Starts nothing more. */
  synchronized void close() {
    stopped = true;
    handler = null;
  }

  /** Whether what is held must go back, because the route that it was claimed for is gone. */
  boolean stopped() {
    return stopped;
  }

  /** Starts calls again if there is a handler; what was held for an earlier one has gone back. */
  synchronized boolean resume() {
    stopped = handler == null;
    return !stopped;
  }

  /** Starts the held calls for which there are slots. */
  void startHeld() {
    for (List<ClaimedRow> rows = next(); rows != null; rows = next()) {
      List<ClaimedRow> first = rows;
      try {
        workers.execute(() -> run(first));
      } catch (RejectedExecutionException | OutOfMemoryError e) {
        // No thread is available, now or ever again.
        submit(notStarted(rows));
        free(rows);
      }
    }
  }

  private @Nullable List<ClaimedRow> next() {
    return stopped || outcomes.isStuck() ? null : held.next(breakers::permits);
  }

  private void run(List<ClaimedRow> first) {
    for (List<ClaimedRow> rows = first; rows != null; ) {
      try {
        call(rows);
      } finally {
        // The slot is freed whatever happened: eight lost slots would stop a target for good.
        free(rows);
      }
      List<ClaimedRow> next = next();
      slots.slotFreed(rows.get(0).target(), next != null);
      rows = next;
    }
  }

  private void call(List<ClaimedRow> rows) {
    RowHandler current = handler;
    if (current == null) {
      submit(notStarted(rows));
      return;
    }
    long start = System.nanoTime();
    List<Ack> acks = worker.work(rows, current);
    // If the target accepted any row of a call, it works, whatever happened to the rest.
    acks.stream()
        .filter(Ack::started)
        .map(ack -> ack.outcome().kind())
        .min(Comparator.naturalOrder())
        .ifPresent(
            kind ->
                limiter.record(
                    rows.get(0).target(),
                    kind,
                    acks.stream().anyMatch(CallRunner::overloaded),
                    start));
    submit(acks);
  }

  private static boolean overloaded(Ack ack) {
    Outcome outcome = ack.outcome();
    Response response = outcome.response();
    int status = response == null ? 0 : response.status();
    return outcome.reason().equals(Outcome.TIMEOUT)
        || status == TOO_MANY_REQUESTS
        || status == UNAVAILABLE;
  }

  private static List<Ack> notStarted(List<ClaimedRow> rows) {
    return rows.stream().map(Ack::notStarted).toList();
  }

  /** Gives back rows that were leased and not sent. */
  void giveBack(List<ClaimedRow> rows) {
    submit(notStarted(rows));
  }

  private void submit(List<Ack> acks) {
    acks.forEach(outcomes::submit);
  }

  private void free(List<ClaimedRow> rows) {
    limiter.release(rows.get(0).target(), rows.size());
  }
}
