package net.insightpulseai.bridge.bench;

import static net.insightpulseai.bridge.bench.MeasureName.STREAM;

import java.time.Duration;
import java.util.OptionalDouble;

/** Whether a stream to Kafka keeps up with what comes in, and what an event costs in both modes. */
final class StreamMeasure {

  private static final String NONE = "events, no stream";
  private static final String BESIDE = "events, beside a stream";
  private static final String PUBLISHED = "events published, beside ingest";
  private static final String BY_STREAM = "events published by a stream";
  private static final String BY_DELIVERIES = "events published by deliveries";
  private static final Duration LONGEST = Duration.ofMinutes(3);

  private final Rig rig;
  private final Runs runs;
  private int topics;

  StreamMeasure(Rig rig, Runs runs) {
    this.rig = rig;
    this.runs = runs;
  }

  void run() {
    Figures figures = rig.figures();
    try (Broker broker = rig.startBroker()) {
      backlog(broker, "stream", rig.scale().queued() / 2);
      for (int round = 1; round <= rig.scale().rounds(); round++) {
        rig.clear();
        runs.meteredIngest().addRate(figures, STREAM, NONE);
        ingest(broker);
        add(backlog(broker, "stream", rig.scale().queued()), BY_STREAM, "an event by a stream");
        add(
            backlog(broker, "deliveries", rig.scale().queued()),
            BY_DELIVERIES,
            "an event by deliveries");
      }
      rig.clear();
    }
    figures.derive(STREAM, "beside a stream / none", ratio(BESIDE, NONE));
    figures.derive(STREAM, "published / ingested", ratio(PUBLISHED, BESIDE));
    figures.derive(STREAM, "by a stream alone / ingest alone", ratio(BY_STREAM, NONE));
    figures.derive(STREAM, "by a stream / by deliveries", ratio(BY_STREAM, BY_DELIVERIES));
  }

  private record Published(Run run, double brokerCpu) {}

  private void add(Published published, String rate, String what) {
    published.run().addRate(rig.figures(), STREAM, rate);
    published.run().addCosts(rig.figures(), STREAM, what);
    rig.figures().add(STREAM, what + ", broker", Unit.CPU_MICROSECONDS, published.brokerCpu());
  }

  /** Events come in while a stream publishes them, until it has published the last one. */
  private void ingest(Broker broker) {
    String topic = subscribe(broker, "stream");
    double cpu = cpu(broker);
    long start = System.nanoTime();
    Run beside = runs.meteredIngest();
    beside.addRate(rig.figures(), STREAM, BESIDE);
    await(broker, topic, beside.count());
    double seconds = (System.nanoTime() - start) / 1e9;
    rig.figures().add(STREAM, PUBLISHED, Unit.PER_SECOND, beside.count() / seconds);
    Run both =
        new Run(beside.count(), beside.count() / seconds, beside.before(), rig.meter().read());
    both.addCosts(rig.figures(), STREAM, "an event in and out by a stream");
    rig.figures()
        .add(
            STREAM,
            "an event in and out by a stream, broker",
            Unit.CPU_MICROSECONDS,
            (cpu(broker) - cpu) * 1e6 / beside.count());
  }

  /** Events that are stored at once go out. */
  private Published backlog(Broker broker, String mode, int count) {
    String topic = subscribe(broker, mode);
    double cpu = cpu(broker);
    rig.rows().storeEvents(count);
    long committed = System.nanoTime();
    Meter.Reading before = rig.meter().read();
    await(broker, topic, count);
    double seconds = (System.nanoTime() - committed) / 1e9;
    rig.rows().awaitOutcomes();
    Run run = new Run(count, count / seconds, before, rig.meter().read());
    return new Published(run, (cpu(broker) - cpu) * 1e6 / count);
  }

  private String subscribe(Broker broker, String mode) {
    rig.clear();
    String topic = "bench-" + ++topics;
    broker.create(topic);
    rig.addKafka(mode, topic);
    return topic;
  }

  private void await(Broker broker, String topic, long count) {
    if (!Pause.until(() -> broker.count(topic) >= count, LONGEST)) {
      throw new BenchFailure(
          "%d of %d events are published within %d s; target/bench/bridge.log may say why"
              .formatted(broker.count(topic), count, LONGEST.toSeconds()));
    }
  }

  private static double cpu(Broker broker) {
    OptionalDouble seconds = Processes.cpuSeconds(broker.process());
    return seconds.orElse(0);
  }

  private double ratio(String above, String below) {
    return rig.figures().median(STREAM, above) / rig.figures().median(STREAM, below);
  }
}
