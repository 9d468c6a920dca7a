package net.insightpulseai.bridge.http;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One request's share of an {@link AdmissionLimit}. Released once, by the last to work on the
 * request: the filter, or the thread of the route if the request reached one. Not by the
 * container's listeners: Tomcat does not call them for a client that disconnects while it sends its
 * body, and calls others while the route still runs.
 */
final class Permit {

  private enum State {
    FILTER,
    ROUTE,
    RELEASED
  }

  private final AtomicReference<State> state = new AtomicReference<>(State.FILTER);
  private final AtomicInteger bytes = new AtomicInteger();
  private final AdmissionLimit limit;

  Permit(AdmissionLimit limit) {
    this.limit = limit;
  }

  /** Counts bytes that have arrived; false if they exceed the limit. */
  boolean grow(int count) {
    if (!limit.acquireBytes(count)) {
      return false;
    }
    bytes.addAndGet(count);
    return true;
  }

  /** Wraps a route's work, which holds the permit until it ends. */
  Runnable heldDuring(Runnable work) {
    return () -> {
      try {
        work.run();
      } finally {
        releaseFrom(State.ROUTE);
      }
    };
  }

  /** A thread has the work now, so the filter no longer releases the permit. */
  void handOver() {
    state.compareAndSet(State.FILTER, State.ROUTE);
  }

  /** The executor refused the work: the filter releases the permit again. */
  void takeBack() {
    state.compareAndSet(State.ROUTE, State.FILTER);
  }

  /** Releases the permit unless a thread has the work. */
  void releaseUnlessHandedOver() {
    releaseFrom(State.FILTER);
  }

  private void releaseFrom(State holder) {
    if (state.compareAndSet(holder, State.RELEASED)) {
      limit.release(bytes.get());
    }
  }
}
