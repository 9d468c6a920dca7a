package net.insightpulseai.bridge.bench;

import java.time.Duration;
import net.insightpulseai.bridge.bench.Meter.Reading;

/** The runs that several measures are made of. */
final class Runs {

  /** Of Odoo's records that the events are about: enough for lanes that rarely meet. */
  static final int RECORDS = 5_000;

  private final Rig rig;
  private long expected = 10_000;

  Runs(Rig rig) {
    this.rig = rig;
  }

  /** Runs all paths until the JVM has compiled them, as far as the scale allows. */
  void warmUp() {
    Scale scale = rig.scale();
    if (scale.warmUp() > 0) {
      ingest(scale.warmUp());
    }
    rig.clear();
    actions(scale.queued() / 2, true);
    rig.addWebhooks(Sink.HOOK, 1);
    deliveries(scale.queued() / 2, 1);
    rig.clear();
  }

  /** Events into the bridge, as fast as they are taken. */
  Load ingest(int seconds) {
    SignedEvents events = rig.events(RECORDS).prepare((int) Math.min(500_000, expected));
    Load load =
        rig.load()
            .closed(events, Duration.ofSeconds(seconds), rig.progress()::done)
            .requireAllTaken();
    expected = (long) (load.rate() * rig.scale().seconds() * 1.3);
    return load;
  }

  /** The same with its costs, for as long as a round takes. */
  Run meteredIngest() {
    Reading before = rig.meter().read();
    Load load = ingest(rig.scale().seconds());
    return new Run(load.taken(), load.rate(), before, rig.meter().read());
  }

  /** Actions out of the queue to an Odoo that answers at once. */
  Run actions(int count, boolean keyed) {
    rig.sink().reset();
    return drain(count, () -> rig.rows().queueActions(count, keyed));
  }

  /**
   * The same for records beside the one that {@link Rows#queueHot} queues for, whose actions do not
   * count.
   *
   * @return how many a second
   */
  double otherActions(int count) {
    rig.sink().listen((path, body, at) -> !body.contains("\"hot\""));
    rig.rows().queueActions(count, true);
    long committed = System.nanoTime();
    return count / ((rig.sink().await(count, rig.progress()) - committed) / 1e9);
  }

  /** Deliveries to the webhooks that there are; each event makes one for each of them. */
  Run deliveries(int events, int webhooks) {
    rig.sink().reset();
    return drain(events * webhooks, () -> rig.rows().storeEvents(events));
  }

  private Run drain(int count, Runnable queue) {
    Rows.Mark mark = rig.rows().mark();
    queue.run();
    long committed = System.nanoTime();
    Reading before = rig.meter().read();
    double seconds = (rig.sink().await(count, rig.progress()) - committed) / 1e9;
    rig.rows().awaitOutcomes();
    Reading after = rig.meter().read();
    rig.rows().requireFinished(mark);
    return new Run(count, count / seconds, before, after);
  }
}
