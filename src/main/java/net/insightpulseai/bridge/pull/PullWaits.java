package net.insightpulseai.bridge.pull;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import net.insightpulseai.bridge.cursor.Arrivals;
import net.insightpulseai.bridge.cursor.Bookmark;
import net.insightpulseai.bridge.cursor.EventOrder;
import net.insightpulseai.bridge.cursor.Position;
import net.insightpulseai.bridge.cursor.PositionOutdated;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Requests that wait for events. None of them holds a thread, or a connection to the database. One
 * thread asks five times a second, in one statement for all of them, for whom something has come,
 * and a few others read it. Without requests that wait they sleep.
 */
@Component
class PullWaits implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(PullWaits.class);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final int READERS = 4;
  private static final Comparator<Position> BY_PLACE =
      Comparator.comparingInt(Position::restores)
          .thenComparingLong(Position::xact)
          .thenComparingLong(Position::id);

  private final EventOrder order;
  private final PullReader reader;
  private final WaitLimit limit;
  private final Set<Wait> waits = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition added = lock.newCondition();
  private volatile @Nullable Thread lookOut;
  private volatile @Nullable ExecutorService readers;

  PullWaits(EventOrder order, PullReader reader, PullSettings settings) {
    this.order = order;
    this.reader = reader;
    this.limit = new WaitLimit(settings);
  }

  /**
   * Waits for an event, at most as long as the request says. One of the two is called later, on
   * another thread: never both, and never before this returns with an exception.
   *
   * @param reached up to where there is nothing for it
   * @throws net.insightpulseai.bridge.http.Refusal 503 if too many wait already
   */
  void await(
      PullRequest request,
      Bookmark reached,
      Consumer<PullAnswer> found,
      Consumer<RuntimeException> failed) {
    limit.acquire(request.subscriber());
    add(new Wait(request, reached, found, failed));
  }

  /** How many wait now. */
  int waiting() {
    return waits.size();
  }

  private void add(Wait wait) {
    waits.add(wait);
    lock.lock();
    try {
      added.signal();
    } finally {
      lock.unlock();
    }
    if (!isRunning() && waits.remove(wait)) {
      answer(wait, reader.nothing(wait.reached()));
    }
  }

  private void answer(Wait wait, PullAnswer answer) {
    limit.release(wait.request().subscriber());
    wait.answer(answer);
  }

  private void fail(Wait wait, RuntimeException failure) {
    limit.release(wait.request().subscriber());
    wait.fail(failure);
  }

  @SuppressWarnings("CatchThrowable") // without this thread nobody is ever answered
  private void lookOutUntilStopped() {
    boolean failing = false;
    while (isRunning()) {
      try {
        awaitWaits();
        List<Wait> now = List.copyOf(waits);
        now.stream().filter(Wait::isOver).forEach(this::hand);
        while (look(List.copyOf(waits))) {
          failing = false;
        }
        failing = false;
      } catch (InterruptedException e) {
        return; // only stop() interrupts
      } catch (DataAccessException e) {
        if (!failing && isRunning()) {
          LOG.warn("Cannot look for events that requests wait for; trying again: {}", cause(e));
        }
        failing = true;
      } catch (Throwable e) {
        LOG.error("Looking for events that requests wait for failed; trying again", e);
      }
    }
  }

  private static String cause(DataAccessException e) {
    return String.valueOf(e.getMostSpecificCause().getMessage()).lines().findFirst().orElse("");
  }

  private void awaitWaits() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waits.isEmpty()) {
        added.await();
      }
    } finally {
      lock.unlock();
    }
    TimeUnit.NANOSECONDS.sleep(PAUSE_NANOS);
  }

  /** Returns whether there may be more right now. */
  private boolean look(List<Wait> now) {
    if (now.isEmpty()) {
      return false;
    }
    Set<Long> subscribers =
        now.stream().map(wait -> wait.request().subscriber()).collect(Collectors.toSet());
    Position first =
        now.stream().map(wait -> wait.reached().position()).min(BY_PLACE).orElseThrow();
    try {
      Arrivals arrivals = order.arrivals(subscribers, first);
      for (Wait wait : now) {
        if (arrivals.subscribers().contains(wait.request().subscriber())) {
          hand(wait);
        } else {
          wait.reach(arrivals.next());
        }
      }
      return arrivals.more();
    } catch (PositionOutdated e) {
      now.forEach(this::hand);
      return false;
    }
  }

  /** Hands a request to a reader, once. */
  private void hand(Wait wait) {
    ExecutorService threads = readers;
    if (threads != null && waits.remove(wait)) {
      try {
        threads.execute(() -> read(wait));
      } catch (RejectedExecutionException | OutOfMemoryError e) {
        // At a stop, or no thread is to be had.
        answer(wait, reader.nothing(wait.reached()));
      }
    }
  }

  private void read(Wait wait) {
    PullAnswer answer;
    try {
      answer = reader.readOn(wait.request(), wait.reached());
    } catch (RuntimeException e) {
      fail(wait, e);
      return;
    }
    if (answer.batch().events().isEmpty() && !wait.isOver() && isRunning()) {
      wait.readUpTo(answer.next());
      add(wait);
      return;
    }
    try {
      reader.requireStillAllowed(wait.request());
    } catch (RuntimeException e) {
      answer.release().run();
      fail(wait, e);
      return;
    }
    answer(wait, answer);
  }

  @Override
  public void start() {
    readers =
        Executors.newFixedThreadPool(
            READERS,
            task -> {
              Thread thread = new Thread(task, "pull-read");
              thread.setDaemon(true);
              return thread;
            });
    Thread thread = new Thread(this::lookOutUntilStopped, "pull-waits");
    thread.setDaemon(true);
    lookOut = thread;
    thread.start();
  }

  /** Answers all that wait "nothing yet" before HTTP and Camel stop. */
  @Override
  public void stop() {
    Thread thread = lookOut;
    lookOut = null;
    if (thread != null) {
      thread.interrupt();
    }
    ExecutorService threads = readers;
    for (Wait wait : List.copyOf(waits)) {
      if (waits.remove(wait)) {
        answer(wait, reader.nothing(wait.reached()));
      }
    }
    if (threads != null) {
      threads.shutdown();
    }
  }

  @Override
  public boolean isRunning() {
    return lookOut != null;
  }
}
