package net.insightpulseai.bridge.outbox;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Wakes the engine of a queue that has new rows. Only a hint: the engine polls as well. */
@Component
public class QueueWakeUp {

  private final Map<String, Engine> engines = new ConcurrentHashMap<>();

  private record Engine(Runnable wake, Runnable lookNow) {}

  /** Wakes the engine of that queue; nothing happens if there is none. */
  public void wake(String queue) {
    Engine engine = engines.get(queue);
    if (engine != null) {
      engine.wake().run();
    }
  }

  /**
   * Lets every engine look at once, as after a gap in notifications, or when a target is stopped or
   * resumed.
   */
  void wakeAll() {
    engines.values().forEach(engine -> engine.lookNow().run());
  }

  void register(String queue, Runnable wake, Runnable lookNow) {
    engines.put(queue, new Engine(wake, lookNow));
  }

  void unregister(String queue) {
    engines.remove(queue);
  }
}
