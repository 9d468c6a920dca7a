package net.insightpulseai.bridge.ingest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.insightpulseai.bridge.http.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Commits the events of many requests in one transaction. While the writers are busy with one batch
 * the next one gathers, so that batches grow with the load and a single event never waits.
 */
final class GroupCommit implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);

  private final EventLedger ledger;
  private final SubmissionQueue queue;
  private final IngestMetrics metrics;
  private final Duration shutdownLimit;
  private final int writers;
  private final List<Thread> threads = new ArrayList<>();

  GroupCommit(
      EventLedger ledger,
      SubmissionQueue queue,
      IngestMetrics metrics,
      int writers,
      Duration shutdownLimit) {
    this.ledger = ledger;
    this.queue = queue;
    this.metrics = metrics;
    this.writers = writers;
    this.shutdownLimit = shutdownLimit;
    metrics.watchQueue(queue::size);
  }

  /**
   * Hands events to the writers.
   *
   * @return a future of their results, in their order, completed after the commit. If it is
   *     cancelled before a writer took the events, they are not stored.
   * @throws Refusal 503 if too many requests wait already
   */
  Submission submit(List<Event> events) {
    Submission submission = new Submission(events);
    if (!queue.offer(submission)) {
      throw Refusal.unavailable("busy", "Too many events are waiting; send this one again", 1);
    }
    return submission;
  }

  private void write() {
    try {
      for (List<Submission> batch = queue.take(); !batch.isEmpty(); batch = queue.take()) {
        storeOrFail(batch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whatever fails in a batch, its writer goes on. */
  private void storeOrFail(List<Submission> batch) {
    try {
      List<Event> events = batch.stream().flatMap(one -> one.events().stream()).toList();
      List<EventResult> results = metrics.timed(events.size(), () -> ledger.store(events));
      metrics.count(results);
      int from = 0;
      for (Submission submission : batch) {
        int to = from + submission.events().size();
        submission.results().complete(results.subList(from, to));
        from = to;
      }
    } catch (Throwable e) {
      log.error("A batch of {} request(s) failed", batch.size(), e);
      Refusal refusal = RejectedEvent.by(SqlFault.DATABASE).refusal();
      batch.forEach(submission -> submission.results().completeExceptionally(refusal));
    }
  }

  @Override
  public synchronized void start() {
    for (int i = 1; i <= writers; i++) {
      Thread thread = new Thread(this::write, "event-writer-" + i);
      threads.add(thread);
      thread.start();
    }
  }

  /** Stores what waits, then returns. */
  @Override
  public synchronized void stop() {
    queue.close();
    long end = System.nanoTime() + shutdownLimit.toNanos();
    try {
      for (Thread thread : threads) {
        TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, end - System.nanoTime()));
        if (thread.isAlive()) {
          log.warn(
              "{} did not finish within {}; its callers will send their events again",
              thread.getName(),
              shutdownLimit);
          thread.interrupt();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    threads.clear();
  }

  @Override
  public synchronized boolean isRunning() {
    return !threads.isEmpty();
  }

  /** Before the routes start, and after they have stopped. */
  @Override
  public int getPhase() {
    return 0;
  }
}
