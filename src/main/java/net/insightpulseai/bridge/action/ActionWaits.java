package net.insightpulseai.bridge.action;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import net.insightpulseai.bridge.outbox.RowsFinishedListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Callers that wait for the outcome of their action. One thread looks all of them up in one
 * statement: when this instance has finished one of the actions, and every 200 ms for those that
 * another instance finished. Without callers it sleeps.
 */
@Component
class ActionWaits implements RowsFinishedListener, SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(ActionWaits.class);
  private static final String QUEUE = "odoo-actions";
  private static final long FALL_BACK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final ActionOutcomes outcomes;
  private final Semaphore permits;
  private final Set<Wait> waits = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean signalled;
  private volatile @Nullable Thread lookUp;

  ActionWaits(ActionOutcomes outcomes, WaitSettings settings) {
    this.outcomes = outcomes;
    this.permits = new Semaphore(settings.waiters());
  }

  /**
   * Waits for one action.
   *
   * @return its outcome, or null if it is still open, if too many wait already, or at shutdown
   */
  @Nullable ActionOutcome await(long id, Duration atMost) throws InterruptedException {
    if (atMost.isZero() || !permits.tryAcquire()) {
      return null;
    }
    Wait wait = new Wait(id, new CompletableFuture<>());
    waits.add(wait);
    try {
      wake();
      return isRunning() ? wait.outcome.get(atMost.toMillis(), TimeUnit.MILLISECONDS) : null;
    } catch (TimeoutException e) {
      return null;
    } catch (ExecutionException e) {
      throw new IllegalStateException("nothing completes a wait with an exception", e);
    } finally {
      waits.remove(wait);
      permits.release();
    }
  }

  /** How many callers wait now. */
  int waiting() {
    return waits.size();
  }

  @Override
  public void rowsFinished(String queue, Collection<Long> ids) {
    if (queue.equals(QUEUE) && waits.stream().anyMatch(wait -> ids.contains(wait.id))) {
      wake();
    }
  }

  private void wake() {
    lock.lock();
    try {
      signalled = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("CatchThrowable") // without this thread nobody is ever answered
  private void lookUpUntilStopped() {
    boolean failing = false;
    while (isRunning()) {
      try {
        awaitSignal();
        answerFinished();
        failing = false;
      } catch (InterruptedException e) {
        return; // only stop() interrupts
      } catch (DataAccessException e) {
        if (!failing && isRunning()) {
          LOG.warn("Cannot look up the actions that callers wait for; trying again: {}", cause(e));
        }
        failing = true;
      } catch (Throwable e) {
        LOG.error("Looking up the actions that callers wait for failed; trying again", e);
      }
    }
  }

  private static String cause(DataAccessException e) {
    return String.valueOf(e.getMostSpecificCause().getMessage()).lines().findFirst().orElse("");
  }

  private void awaitSignal() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waits.isEmpty()) {
        changed.await();
      }
      long left = FALL_BACK_NANOS;
      while (!signalled && left > 0) {
        left = changed.awaitNanos(left);
      }
      signalled = false;
    } finally {
      lock.unlock();
    }
  }

  private void answerFinished() {
    Set<Long> ids = waits.stream().map(Wait::id).collect(Collectors.toSet());
    if (ids.isEmpty()) {
      return;
    }
    for (ActionOutcome outcome : outcomes.of(ids)) {
      waits.stream()
          .filter(wait -> wait.id == outcome.id())
          .forEach(wait -> wait.outcome.complete(outcome));
    }
  }

  @Override
  public void start() {
    Thread thread = new Thread(this::lookUpUntilStopped, "action-waits");
    thread.setDaemon(true);
    lookUp = thread;
    thread.start();
  }

  /** Answers all waiting callers "still open" before HTTP and Camel stop. */
  @Override
  public void stop() {
    Thread thread = lookUp;
    lookUp = null;
    if (thread != null) {
      thread.interrupt();
    }
    waits.forEach(wait -> wait.outcome.complete(null));
  }

  @Override
  public boolean isRunning() {
    return lookUp != null;
  }

  /** Compared by identity in effect: each has a future of its own. */
  private record Wait(long id, CompletableFuture<@Nullable ActionOutcome> outcome) {}
}
