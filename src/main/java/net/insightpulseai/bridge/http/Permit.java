package net.insightpulseai.bridge.http;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One request's place in a {@link AdmissionLimit}. Whoever works on the request last gives it back,
 * once: the filter, or the thread that the route runs on if it got to one. Not the container's
 * listeners: Tomcat does not call them for a client that leaves amid its body, and calls them while
 * the route still runs.
 */
final class Permit {

  private enum State {
    FILTER,
    ROUTE,
    GIVEN_BACK
  }

  private final AtomicReference<State> state = new AtomicReference<>(State.FILTER);
  private final AtomicInteger bytes = new AtomicInteger();
  private final AdmissionLimit budget;

  Permit(AdmissionLimit budget) {
    this.budget = budget;
  }

  /** Takes room for bytes that have come; false if there is none. */
  boolean grow(int count) {
    if (!budget.takeBytes(count)) {
      return false;
    }
    bytes.addAndGet(count);
    return true;
  }

  /** Runs a route's work, which keeps the place until it ends. */
  Runnable kept(Runnable work) {
    return () -> {
      try {
        work.run();
      } finally {
        giveBackFrom(State.ROUTE);
      }
    };
  }

  /** The filter keeps nothing any more: a thread has the work. */
  void handOver() {
    state.compareAndSet(State.FILTER, State.ROUTE);
  }

  /** The executor refused the work: it is the filter's again. */
  void takeBack() {
    state.compareAndSet(State.ROUTE, State.FILTER);
  }

  /** Gives the place back unless a thread has the work. */
  void giveBackUnlessHandedOver() {
    giveBackFrom(State.FILTER);
  }

  private void giveBackFrom(State holder) {
    if (state.compareAndSet(holder, State.GIVEN_BACK)) {
      budget.release(bytes.get());
    }
  }
}
