package net.insightpulseai.bridge.http;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Places for requests and room for the bytes of their bodies. Nobody waits: who finds none is sent
 * off. Room is taken as bytes come, not as they are announced: who only announces would hold all of
 * it.
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

  /** Takes a place for a request, or null if there is none. */
  @Nullable Permit take() {
    return freeRequests.tryAcquire() ? new Permit(this) : null;
  }

  /** Takes room for bytes that have come; false if there is none. */
  boolean takeBytes(int count) {
    return freeBytes.tryAcquire(count);
  }

  /** Gives back a request's place and the room of its bytes. */
  void release(int bytesTaken) {
    freeBytes.release(bytesTaken);
    freeRequests.release();
  }

  int requests() {
    return requests;
  }

  /** Whether nobody holds a place. */
  boolean unused() {
    return freeRequests.availablePermits() == requests && freeBytes.availablePermits() == bytes;
  }
}
