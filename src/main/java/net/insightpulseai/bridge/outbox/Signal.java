package net.insightpulseai.bridge.outbox;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes one sleeping thread; a signal that arrives while it is awake is not lost. */
final class Signal {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition raised = lock.newCondition();
  private boolean up;

  void raise() {
    lock.lock();
    try {
      up = true;
      raised.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a signal.
   *
   * @return false if the time ran out first
   */
  boolean await(Duration atMost) throws InterruptedException {
    long left = atMost.toNanos();
    lock.lock();
    try {
      while (!up) {
        if (left <= 0) {
          return false;
        }
        left = raised.awaitNanos(left);
      }
      up = false;
      return true;
    } finally {
      lock.unlock();
    }
  }
}
