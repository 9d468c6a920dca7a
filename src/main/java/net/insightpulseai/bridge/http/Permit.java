package net.insightpulseai.bridge.http;

/**
 * One request's share of an {@link AdmissionLimit}: the bytes of its body that have arrived, and
 * from when all of them are there until its route ends, its place. It belongs to the event loop
 * until the route's thread has it, which then releases it.
 */
final class Permit {

  private final Runnable giveWay;
  private final long begun;
  private AdmissionLimit limit;
  private long bytes;
  private boolean place;
  private boolean released;

  /**
   * @param giveWay ends the request
   * @param begun the nano time at which the body began to arrive
   */
  Permit(AdmissionLimit limit, Runnable giveWay, long begun) {
    this.limit = limit;
    this.giveWay = giveWay;
    this.begun = begun;
  }

  /** Counts bytes that have arrived; false if they exceed the limit. */
  boolean grow(int count) {
    boolean room = limit.acquireBytes(this, count);
    bytes += room ? count : 0;
    return room;
  }

  /** Takes the place of a request whose body is there; false if none is free. */
  boolean takePlace() {
    place = limit.acquireRequest(this);
    return place;
  }

  /** Counts what has arrived, and what will, in another limit; false if that has no room. */
  boolean move(AdmissionLimit other) {
    if (other != limit) {
      if (!other.acquireBytes(this, bytes)) {
        return false;
      }
      limit.release(this, false, bytes);
      limit = other;
    }
    return true;
  }

  /** Ends the request's share, once. */
  void release() {
    if (!released) {
      released = true;
      limit.release(this, place, bytes);
    }
  }

  long bytes() {
    return bytes;
  }

  long begun() {
    return begun;
  }

  void giveWay() {
    giveWay.run();
  }
}
