package net.insightpulseai.bridge.reload;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import net.insightpulseai.bridge.edition.Edition;
import net.insightpulseai.bridge.edition.Editions;
import net.insightpulseai.bridge.http.HttpSettings;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Routes that were replaced, until nothing runs in them any more. */
@Component
class Retirement implements DisposableBean {

  private static final Logger LOG = LoggerFactory.getLogger(Retirement.class);

  /** For a thread that has chosen a route, and has not entered it yet. */
  private static final Duration ENTERING = Duration.ofSeconds(5);

  /**
   * @param last the edition after which nothing begins in them
   */
  private record Retired(List<Replaced> routes, Edition last, long since) {}

  private final CamelContext camel;
  private final Editions editions;
  private final Duration least;
  private final LongSupplier nanoTime;
  private final Deque<Retired> waiting = new ArrayDeque<>();

  @Autowired
  Retirement(CamelContext camel, Editions editions, HttpSettings http) {
    // A request chooses its route with its headers, and enters it when its body is there.
    this(camel, editions, http.bodyTimeout().plus(ENTERING), System::nanoTime);
  }

  Retirement(CamelContext camel, Editions editions, Duration least, LongSupplier nanoTime) {
    this.camel = camel;
    this.editions = editions;
    this.least = least;
    this.nanoTime = nanoTime;
  }

  synchronized void add(List<Replaced> routes, Edition last) {
    waiting.add(new Retired(routes, last, nanoTime.getAsLong()));
  }

  /** How many routes are still there. */
  synchronized int size() {
    return waiting.stream().mapToInt(one -> one.routes().size()).sum();
  }

  /** Stops what is not used any more. */
  synchronized void sweep() {
    while (!waiting.isEmpty() && ended(waiting.getFirst())) {
      Retired done = waiting.removeFirst();
      done.routes().forEach(Retirement::stop);
      removeEndpoints(done.routes());
      editions.forget(done.last());
    }
  }

  private boolean ended(Retired one) {
    return nanoTime.getAsLong() - one.since() >= least.toNanos() && editions.drained(one.last());
  }

  /** One that does not stop must not keep the others. */
  private static void stop(Replaced route) {
    try {
      route.stop();
    } catch (RuntimeException e) {
      LOG.warn(
          "A replaced version of route {} does not stop: {}", route.route().getId(), e.toString());
    }
  }

  private void removeEndpoints(List<Replaced> routes) {
    Set<Endpoint> unused = new HashSet<>();
    routes.forEach(route -> unused.addAll(route.endpoints()));
    for (Route route : camel.getRoutes()) {
      unused.remove(route.getEndpoint());
      unused.removeAll(Replaced.of(route).endpoints());
    }
    waiting.forEach(one -> one.routes().forEach(route -> unused.removeAll(route.endpoints())));
    for (Endpoint endpoint : unused) {
      try {
        camel.removeEndpoint(endpoint);
      } catch (Exception e) {
        LOG.debug("An endpoint that nothing uses stays", e);
      }
    }
  }

  /** After Camel has stopped, and with it everything that still ran in them. */
  @Override
  public synchronized void destroy() {
    for (Retired one : new ArrayList<>(waiting)) {
      one.routes().forEach(Retirement::stop);
    }
    waiting.clear();
  }
}
