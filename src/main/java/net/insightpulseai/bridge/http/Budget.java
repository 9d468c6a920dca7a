package net.insightpulseai.bridge.http;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Places for requests and for the bytes of their bodies. Nobody waits: who finds none is sent off.
 */
final class Budget {

  private final int requests;
  private final int bytes;
  private final Semaphore freeRequests;
  private final Semaphore freeBytes;

  Budget(int requests, int bytes) {
    this.requests = requests;
    this.bytes = bytes;
    this.freeRequests = new Semaphore(requests);
    this.freeBytes = new Semaphore(bytes);
  }

  /** Takes a place for a request with a body of so many bytes, or null if there is none. */
  @Nullable Place take(int bodyBytes) {
    if (!freeRequests.tryAcquire()) {
      return null;
    }
    if (!freeBytes.tryAcquire(bodyBytes)) {
      freeRequests.release();
      return null;
    }
    return new Place(
        () -> {
          freeBytes.release(bodyBytes);
          freeRequests.release();
        });
  }

  int requests() {
    return requests;
  }

  /** Whether nobody holds a place. */
  boolean unused() {
    return freeRequests.availablePermits() == requests && freeBytes.availablePermits() == bytes;
  }
}
