package net.insightpulseai.bridge.outbox;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Wakes the engine of a queue that has new rows. Only a hint: the engine polls as well. */
@Component
public class QueueWakeUp {

  private final Map<String, Runnable> engines = new ConcurrentHashMap<>();

  /** Wakes the engine of that queue; nothing happens if there is none. */
  public void wake(String queue) {
    Runnable engine = engines.get(queue);
    if (engine != null) {
      engine.run();
    }
  }

  /** Wakes every engine, as after a gap in notifications. */
  void wakeAll() {
    engines.values().forEach(Runnable::run);
  }

  void register(String queue, Runnable engine) {
    engines.put(queue, engine);
  }

  void unregister(String queue) {
    engines.remove(queue);
  }
}
