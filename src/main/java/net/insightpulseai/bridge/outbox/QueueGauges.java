package net.insightpulseai.bridge.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** The state of the queues, for Prometheus. */
@Component
class QueueGauges implements MeterBinder {

  private final QueueCounts counts;
  private final CircuitBreakers breakers;
  private final QueueListener listener;

  QueueGauges(QueueCounts counts, CircuitBreakers breakers, QueueListener listener) {
    this.counts = counts;
    this.listener = listener;
    this.breakers = breakers;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (Queue queue : Queue.values()) {
      for (String state : QueueCounts.STATES) {
        Gauge.builder("bridge.queue.rows", () -> counts.value(queue, state))
            .description("Open rows")
            .tag("queue", queue.label())
            .tag("state", state)
            .register(registry);
      }
      Gauge.builder("bridge.queue.oldest.due", () -> counts.value(queue, QueueCounts.OLDEST))
          .description("How long the oldest due row has been due")
          .baseUnit("seconds")
          .tag("queue", queue.label())
          .register(registry);
    }
    Gauge.builder("bridge.queue.listening", () -> listener.isListening() ? 1 : 0)
        .description(
            "1 while the database announces new rows (LISTEN), 0 while the queues are polled")
        .register(registry);
    Gauge.builder("bridge.targets.in.trouble", () -> breakers.openCircuits().size())
        .description("Targets that do not answer; nothing is sent to them")
        .register(registry);
  }
}
