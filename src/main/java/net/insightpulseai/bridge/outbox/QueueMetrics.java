package net.insightpulseai.bridge.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What the engine counts, per queue. Subscribers have no label of their own: there may be many. */
final class QueueMetrics {

  private final MeterRegistry registry;
  private final String queue;
  private final Counter leaseLost;
  private final Counter rescued;
  private final Map<String, Timer> attempts = new ConcurrentHashMap<>();

  QueueMetrics(MeterRegistry registry, String queue) {
    this.registry = registry;
    this.queue = queue;
    this.leaseLost =
        Counter.builder("bridge.queue.lease.lost")
            .description("Outcomes that came after the row's lease had ended")
            .tag("queue", queue)
            .register(registry);
    this.rescued =
        Counter.builder("bridge.queue.rescued")
            .description("Rows queued again because their lease ended without an outcome")
            .tag("queue", queue)
            .register(registry);
  }

  void inFlight(Supplier<Number> count) {
    Gauge.builder("bridge.queue.in.flight", count)
        .description("Rows that this instance is delivering")
        .tag("queue", queue)
        .register(registry);
  }

  void held(Supplier<Number> count) {
    Gauge.builder("bridge.queue.held", count)
        .description("Rows that this instance has claimed ahead and that wait for a slot")
        .tag("queue", queue)
        .register(registry);
  }

  void attempted(Ack ack) {
    if (ack.started()) {
      attempts
          .computeIfAbsent(ack.outcome().kind() + "/" + ack.outcome().reason(), k -> timer(ack))
          .record(ack.duration());
    }
  }

  private Timer timer(Ack ack) {
    return Timer.builder("bridge.queue.attempts")
        .description("Attempts and how long they took")
        .tag("queue", queue)
        .tag("outcome", ack.outcome().kind().name().toLowerCase(java.util.Locale.ROOT))
        .tag("reason", ack.outcome().reason())
        .register(registry);
  }

  void leaseLost() {
    leaseLost.increment();
  }

  void rescued(int rows) {
    rescued.increment(rows);
  }
}
