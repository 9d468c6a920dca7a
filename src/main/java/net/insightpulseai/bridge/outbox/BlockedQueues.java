package net.insightpulseai.bridge.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Which queues wait for locks of other sessions, and whose; for health, metrics and the log. */
@Component
public class BlockedQueues {

  private static final Logger LOG = LoggerFactory.getLogger(BlockedQueues.class);

  private final Map<String, Blocked> blocked = new ConcurrentHashMap<>();
  private final MultiGauge sessions;
  private final MeterRegistry registry;

  BlockedQueues(MeterRegistry registry) {
    this.registry = registry;
    this.sessions =
        MultiGauge.builder("bridge.queue.blocked.by")
            .description("1 for each session whose lock a queue waits for")
            .register(registry);
  }

  /**
   * What one queue waits for.
   *
   * @param rows how many outcomes wait for a locked row
   * @param by the sessions that hold the locks, as far as they are known
   */
  public record Blocked(int rows, List<Blocker> by) {}

  /** The queues that wait, by name; empty if none does. */
  public Map<String, Blocked> now() {
    return new TreeMap<>(blocked);
  }

  void watch(String queue) {
    Gauge.builder("bridge.queue.locked.rows", () -> rows(queue))
        .description("Rows whose outcomes wait because another session has locked them")
        .tag("queue", queue)
        .register(registry);
  }

  private int rows(String queue) {
    Blocked now = blocked.get(queue);
    return now == null ? 0 : now.rows();
  }

  void blocked(String queue, Blocked now) {
    Blocked before = blocked.put(queue, now);
    if (!now.equals(before)) {
      LOG.warn(
          "{}: {} rows are locked by other sessions of the database, and wait; the locks are those of {}",
          queue,
          now.rows(),
          now.by().isEmpty() ? "a session that is not known" : now.by());
      publish();
    }
  }

  void free(String queue) {
    if (blocked.remove(queue) != null) {
      LOG.info("{}: no row is locked any more", queue);
      publish();
    }
  }

  private void publish() {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    now()
        .forEach(
            (queue, one) ->
                one.by()
                    .forEach(
                        by ->
                            rows.add(
                                MultiGauge.Row.of(
                                    Tags.of(
                                        "queue",
                                        queue,
                                        "pid",
                                        String.valueOf(by.pid()),
                                        "application",
                                        by.application()),
                                    1))));
    sessions.register(rows, true);
  }
}
