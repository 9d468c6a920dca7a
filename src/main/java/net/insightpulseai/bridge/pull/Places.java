package net.insightpulseai.bridge.pull;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import net.insightpulseai.bridge.http.Refusal;

/** A number of places, for which a request waits a little while. First come, first served. */
final class Places {

  private static final int PATIENCE_SECONDS = 2;

  private final Semaphore free;
  private final String busy;

  /**
   * @param busy what a request is told that gets none
   */
  Places(int places, String busy) {
    this.free = new Semaphore(places, true);
    this.busy = busy;
  }

  /**
   * Takes places. Whoever has them gives them back.
   *
   * @throws Refusal 503 if they are not free in time
   */
  void take(int places) {
    try {
      if (!free.tryAcquire(places, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw Refusal.unavailable("busy", busy, PATIENCE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refusal.unavailable("stopping", "The bridge stops", PATIENCE_SECONDS);
    }
  }

  void give(int places) {
    free.release(places);
  }

  int free() {
    return free.availablePermits();
  }
}
