package net.insightpulseai.bridge.outbox;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Tells the engine that a queue has new rows. Only a hint: the engine polls as well. */
@Component
public class QueueWakeUp {

  private final Map<String, Runnable> sleepers = new ConcurrentHashMap<>();

  /** Wakes the engine of that queue; nothing happens if there is none. */
  public void wake(String queue) {
    Runnable sleeper = sleepers.get(queue);
    if (sleeper != null) {
      sleeper.run();
    }
  }

  /** Wakes every engine, as after a gap in notifications. */
  void wakeAll() {
    sleepers.values().forEach(Runnable::run);
  }

  void register(String queue, Runnable sleeper) {
    sleepers.put(queue, sleeper);
  }

  void unregister(String queue) {
    sleepers.remove(queue);
  }
}
