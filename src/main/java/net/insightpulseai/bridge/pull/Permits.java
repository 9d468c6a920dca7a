package net.insightpulseai.bridge.pull;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import net.insightpulseai.bridge.http.Refusal;

/** A number of permits, for which a request waits up to two seconds, in order of arrival. */
final class Permits {

  private static final int PATIENCE_SECONDS = 2;

  private final Semaphore free;
  private final String busy;

  /**
   * @param busy the message of the refusal if there is none in time
   */
  Permits(int permits, String busy) {
    this.free = new Semaphore(permits, true);
    this.busy = busy;
  }

  /**
   * Takes permits, which the caller must release.
   *
   * @throws Refusal 503 if they are not free in time
   */
  void acquire(int permits) {
    try {
      if (!free.tryAcquire(permits, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw Refusal.unavailable("busy", busy, PATIENCE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refusal.unavailable("stopping", "The bridge stops", PATIENCE_SECONDS);
    }
  }

  void release(int permits) {
    free.release(permits);
  }

  int free() {
    return free.availablePermits();
  }
}
