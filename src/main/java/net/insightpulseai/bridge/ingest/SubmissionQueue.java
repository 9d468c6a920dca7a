package net.insightpulseai.bridge.ingest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Requests that wait for a writer, in order of arrival. A batch takes whole requests, so that the
 * events of one request stay in one transaction and in their order.
 */
final class SubmissionQueue {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Queue<Submission> waiting = new ArrayDeque<>();
  private final int capacity;
  private final int batch;
  private boolean closed;

  /**
   * @param capacity how many requests may wait
   * @param batch how many events are taken at once; more only if a single request has more
   */
  SubmissionQueue(int capacity, int batch) {
    this.capacity = capacity;
    this.batch = batch;
  }

  /** False if it is full or closed. */
  boolean offer(Submission submission) {
    lock.lock();
    try {
      if (closed || waiting.size() >= capacity) {
        return false;
      }
      waiting.add(submission);
      filled.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes what there is, up to a batch; waits for the first. Abandoned requests are dropped.
   *
   * @return empty only when the queue is closed and nothing is left
   */
  List<Submission> take() throws InterruptedException {
    lock.lock();
    try {
      List<Submission> taken = new ArrayList<>();
      while (taken.isEmpty()) {
        while (waiting.isEmpty()) {
          if (closed) {
            return taken;
          }
          filled.await();
        }
        drainTo(taken);
      }
      if (!waiting.isEmpty()) {
        filled.signal();
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private void drainTo(List<Submission> taken) {
    int events = 0;
    for (Submission next = waiting.peek(); next != null; next = waiting.peek()) {
      if (!next.isAbandoned()) {
        events += next.events().size();
        if (events > batch && !taken.isEmpty()) {
          return;
        }
        taken.add(next);
      }
      waiting.remove();
    }
  }

  int size() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /** Accepts nothing more; what waits is still handed out. */
  void close() {
    lock.lock();
    try {
      closed = true;
      filled.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
