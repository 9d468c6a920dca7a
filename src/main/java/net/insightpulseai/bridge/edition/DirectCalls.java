package net.insightpulseai.bridge.edition;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.Endpoint;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.component.direct.DirectConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Camel's {@code direct:}, except that one name may have several consumers: that of the current
 * edition, and those of earlier ones, which serve what began then.
 */
@Component("direct-component")
final class DirectCalls extends DirectComponent {

  /**
   * @param since the first edition that it belongs to
   */
  private record Target(long since, DirectConsumer consumer) {

    boolean serves(long edition) {
      return since <= edition && !EditionPolicy.endedBefore(consumer.getRoute(), edition);
    }
  }

  private final Editions editions;
  private final Map<String, List<Target>> targets = new ConcurrentHashMap<>();
  private final ReentrantLock changes = new ReentrantLock();
  private final Condition added = changes.newCondition();

  DirectCalls(Editions editions) {
    this.editions = editions;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    DirectCallEndpoint endpoint = new DirectCallEndpoint(uri, this);
    endpoint.setBlock(isBlock());
    endpoint.setTimeout(getTimeout());
    setProperties(endpoint, parameters);
    return endpoint;
  }

  Editions editions() {
    return editions;
  }

  @Override
  public void addConsumer(String key, DirectConsumer consumer) {
    Target target =
        new Target(EditionPolicy.since(consumer.getRoute(), editions.building()), consumer);
    changes.lock();
    try {
      List<Target> known = targets.getOrDefault(key, List.of());
      if (known.stream().anyMatch(one -> one.since() == target.since())) {
        throw new IllegalArgumentException("two routes take from " + key + ", expected one");
      }
      List<Target> all = new ArrayList<>(known);
      all.add(target);
      targets.put(key, List.copyOf(all));
      added.signalAll();
    } finally {
      changes.unlock();
    }
  }

  @Override
  public void removeConsumer(String key, DirectConsumer consumer) {
    changes.lock();
    try {
      targets.computeIfPresent(
          key,
          (name, all) -> {
            List<Target> left = all.stream().filter(one -> one.consumer() != consumer).toList();
            return left.isEmpty() ? null : left;
          });
    } finally {
      changes.unlock();
    }
  }

  /**
   * Whom a call reaches.
   *
   * @param edition the number of the caller's edition
   * @param millis how long to wait for one, if there is none
   */
  @Nullable DirectConsumer consumer(String key, long edition, long millis)
      throws InterruptedException {
    DirectConsumer found = now(key, edition);
    if (found != null || millis <= 0) {
      return found;
    }
    changes.lockInterruptibly();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(millis);
      while ((found = now(key, edition)) == null && left > 0) {
        left = added.awaitNanos(left);
      }
      return found;
    } finally {
      changes.unlock();
    }
  }

  /** Whether a name has a consumer of this edition: those of earlier ones stay for a while. */
  boolean serves(String key, long edition) {
    return targets.getOrDefault(key, List.of()).stream().anyMatch(one -> one.serves(edition));
  }

  private @Nullable DirectConsumer now(String key, long edition) {
    List<Target> all = targets.getOrDefault(key, List.of());
    for (int i = all.size() - 1; i >= 0; i--) {
      if (all.get(i).serves(edition)) {
        return all.get(i).consumer();
      }
    }
    // An exchange that began before the edit may call a route that came with it. One whose route
    // has been stopped waits: an ended version must not stand in for it.
    return all.isEmpty() || all.get(0).since() <= edition ? null : all.get(0).consumer();
  }
}
