package net.insightpulseai.bridge.http;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A limit on requests and on the bytes of their bodies. Nothing waits for it: a request over the
 * limit is refused. Bytes count when they arrive, not when they are announced; otherwise a caller
 * could use up the limit with announcements alone.
 */
final class AdmissionLimit {

  private final int requests;
  private final int bytes;
  private final Semaphore freeRequests;
  private final Semaphore freeBytes;

  AdmissionLimit(int requests, int bytes) {
    this.requests = requests;
    this.bytes = bytes;
    this.freeRequests = new Semaphore(requests);
    this.freeBytes = new Semaphore(bytes);
  }

  /** A permit for a request, or null if the limit is reached. */
  @Nullable Permit acquire() {
    return freeRequests.tryAcquire() ? new Permit(this) : null;
  }

  /** Counts bytes that have arrived; false if they exceed the limit. */
  boolean acquireBytes(int count) {
    return freeBytes.tryAcquire(count);
  }

  /** Frees a request and its bytes. */
  void release(int bytesTaken) {
    freeBytes.release(bytesTaken);
    freeRequests.release();
  }

  int requests() {
    return requests;
  }

  /** Whether no request holds a permit. */
  boolean unused() {
    return freeRequests.availablePermits() == requests && freeBytes.availablePermits() == bytes;
  }
}
