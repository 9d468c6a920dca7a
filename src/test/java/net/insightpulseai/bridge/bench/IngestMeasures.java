package net.insightpulseai.bridge.bench;

import static net.insightpulseai.bridge.bench.MeasureName.COLD;
import static net.insightpulseai.bridge.bench.MeasureName.INGEST;
import static net.insightpulseai.bridge.bench.MeasureName.PACE;
import static net.insightpulseai.bridge.bench.MeasureName.SUBSCRIBERS;

import java.time.Duration;
import net.insightpulseai.bridge.bench.Meter.Reading;

/** Events into the bridge: cold, warm, at a fixed pace, and with subscribers. */
final class IngestMeasures {

  private static final String RATE = "events";
  private static final String BARE = "bare commits";
  private static final String COLD_RATE = "events in the first %d s after ready";
  private static final String NONE = "events, no subscriber";
  private static final String THREE = "events, three subscribers";

  private final Rig rig;
  private final Scale scale;
  private final Figures figures;
  private final Runs runs;

  IngestMeasures(Rig rig, Runs runs) {
    this.rig = rig;
    this.scale = rig.scale();
    this.figures = rig.figures();
    this.runs = runs;
  }

  /** Only once, because a bridge that has served is not cold any more. */
  void cold() {
    figures.add(COLD, coldLabel(), Unit.PER_SECOND, runs.ingest(scale.coldSeconds()).rate());
  }

  void warm() {
    try (Commits commits = new Commits(rig.database(), scale.connections())) {
      for (int round = 1; round <= scale.rounds(); round++) {
        rig.clear();
        bareCommits(commits);
        Reading before = rig.meter().read();
        Load load = runs.ingest(scale.seconds());
        before.addCosts(figures, INGEST.key(), "an event", rig.meter().read(), load.taken());
        figures.add(INGEST, RATE, Unit.PER_SECOND, load.rate());
        figures.add(INGEST, "an event, p50", Unit.MILLISECONDS, load.milliseconds(50));
        figures.add(INGEST, "an event, p99", Unit.MILLISECONDS, load.milliseconds(99));
      }
    }
    figures.derive(INGEST, "events / bare commits", ratio(INGEST, RATE, BARE));
    if (rig.meter().seesPostgres()) {
      figures.derive(
          INGEST,
          "PostgreSQL's CPU, an event / a bare commit",
          ratio(INGEST, "an event, PostgreSQL", "a bare commit, PostgreSQL"));
    }
    if (scale.measures(COLD)) {
      figures.derive(
          COLD, "cold / warm", figures.median(COLD, coldLabel()) / figures.median(INGEST, RATE));
    }
  }

  private void bareCommits(Commits commits) {
    Reading before = rig.meter().read();
    long start = System.nanoTime();
    long count = commits.run(Duration.ofSeconds(scale.seconds()));
    double seconds = (System.nanoTime() - start) / 1e9;
    before.addPostgres(figures, INGEST.key(), "a bare commit", rig.meter().read(), count);
    figures.add(INGEST, BARE, Unit.PER_SECOND, count / seconds);
  }

  /** At half of what it takes at most. */
  void pace() {
    double top =
        scale.measures(INGEST) ? figures.median(INGEST, RATE) : runs.ingest(scale.seconds()).rate();
    for (int round = 1; round <= scale.rounds(); round++) {
      rig.clear();
      SignedEvents events =
          rig.events(Runs.RECORDS).prepare((int) Math.min(500_000, top * scale.seconds()));
      Load load =
          rig.load()
              .open(
                  events,
                  top / 2,
                  Duration.ofSeconds(scale.seconds()),
                  (event, due) -> {},
                  rig.progress()::done)
              .requireAllTaken();
      figures.add(PACE, "events, at half the top rate", Unit.PER_SECOND, load.rate());
      figures.add(PACE, "at half the top rate, p50", Unit.MILLISECONDS, load.milliseconds(50));
      figures.add(PACE, "at half the top rate, p99", Unit.MILLISECONDS, load.milliseconds(99));
    }
  }

  /** While what comes in is also delivered. */
  void subscribers() {
    for (int round = 1; round <= scale.rounds(); round++) {
      rig.clear();
      runs.meteredIngest().addRate(figures, SUBSCRIBERS, NONE);
      rig.clear();
      rig.addWebhooks(Sink.HOOK, 3);
      Run three = runs.meteredIngest();
      three.addRate(figures, SUBSCRIBERS, THREE);
      three.addCosts(figures, SUBSCRIBERS, "an event with three subscribers");
      rig.clear();
    }
    figures.derive(SUBSCRIBERS, "three subscribers / none", ratio(SUBSCRIBERS, THREE, NONE));
  }

  private String coldLabel() {
    return COLD_RATE.formatted(scale.coldSeconds());
  }

  private double ratio(MeasureName measure, String above, String below) {
    return figures.median(measure, above) / figures.median(measure, below);
  }
}
