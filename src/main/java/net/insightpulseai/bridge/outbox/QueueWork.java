package net.insightpulseai.bridge.outbox;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** What this replica does in each queue. */
@Component
public class QueueWork {

  private final Map<Queue, Supplier<Work>> engines = new ConcurrentHashMap<>();

  /**
   * What it does in one queue.
   *
   * @param claims whether it takes rows, because a route does
   * @param inFlight rows whose calls are under way
   * @param held rows that are leased and not started
   */
  public record Work(boolean claims, int inFlight, int held) {}

  /** As it is now, for the queues that a route takes from or took from. */
  public Map<Queue, Work> now() {
    Map<Queue, Work> work = new EnumMap<>(Queue.class);
    engines.forEach((queue, engine) -> work.put(queue, engine.get()));
    return work;
  }

  void register(Queue queue, Supplier<Work> engine) {
    engines.put(queue, engine);
  }

  void unregister(Queue queue) {
    engines.remove(queue);
  }
}
