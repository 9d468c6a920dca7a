package net.insightpulseai.bridge.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** What ingest counts: {@code bridge.ingest.*}. */
final class IngestMetrics {

  private final MeterRegistry registry;
  private final Counter stored;
  private final Counter duplicates;
  private final Counter refused;
  private final DistributionSummary batch;
  private final Timer commit;

  IngestMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.stored = counter("stored", "Events committed for the first time");
    this.duplicates = counter("duplicates", "Events that had been stored before");
    this.refused = refused(registry);
    this.batch =
        DistributionSummary.builder("bridge.ingest.batch")
            .description("Events in one commit")
            .register(registry);
    this.commit =
        Timer.builder("bridge.ingest.commit")
            .description("Time from taking a batch to its last result")
            .publishPercentileHistogram()
            .register(registry);
  }

  void watchQueue(IntSupplier size) {
    Gauge.builder("bridge.ingest.queue", size, IntSupplier::getAsInt)
        .description("Requests that wait for a writer")
        .strongReference(true)
        .register(registry);
  }

  List<EventResult> timed(int events, Supplier<List<EventResult>> store) {
    batch.record(events);
    Timer.Sample sample = Timer.start(registry);
    try {
      return store.get();
    } finally {
      sample.stop(commit);
    }
  }

  void count(List<EventResult> results) {
    for (EventResult result : results) {
      if (result instanceof Stored one) {
        (one.duplicate() ? duplicates : stored).increment();
      } else {
        refused.increment();
      }
    }
  }

  /** Of both: the events that the writers refuse, and the requests that do not get to them. */
  static Counter refused(MeterRegistry registry) {
    return Counter.builder("bridge.ingest.refused")
        .description("Events that ingest refused, and requests that it refused as a whole")
        .register(registry);
  }

  private Counter counter(String name, String description) {
    return Counter.builder("bridge.ingest." + name).description(description).register(registry);
  }
}
