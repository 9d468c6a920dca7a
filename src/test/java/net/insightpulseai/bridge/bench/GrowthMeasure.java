package net.insightpulseai.bridge.bench;

import static net.insightpulseai.bridge.bench.MeasureName.GROWTH;

import java.util.List;

/** The same rates before and after the tables have grown. */
final class GrowthMeasure {

  private static final List<String> WHAT =
      List.of("events", "actions of records", "actions without an order", "deliveries");

  private final Rig rig;
  private final Runs runs;

  GrowthMeasure(Rig rig, Runs runs) {
    this.rig = rig;
    this.runs = runs;
  }

  void run() {
    Scale scale = rig.scale();
    Progress progress = rig.progress();
    rig.clear();
    rates("empty tables");
    rig.clear();
    progress.phase("growth: %,d finished rows into each table".formatted(scale.finished()));
    new FinishedRows(rig.database()).add(scale.finished(), progress);
    rig.rows().vacuum();
    progress.phase("growth: with the finished rows");
    String grown = "%,d rows".formatted(scale.finished());
    rates(grown);
    Figures figures = rig.figures();
    for (String what : WHAT) {
      figures.derive(
          GROWTH,
          "%s, %s / empty tables".formatted(what, grown),
          figures.median(GROWTH, what + ", " + grown)
              / figures.median(GROWTH, what + ", empty tables"));
    }
    rig.clear();
  }

  private void rates(String state) {
    Figures figures = rig.figures();
    int queued = rig.scale().queued();
    for (int round = 1; round <= rig.scale().rounds(); round++) {
      runs.meteredIngest().addRate(figures, GROWTH, WHAT.get(0) + ", " + state);
      runs.actions(queued, true).addRate(figures, GROWTH, WHAT.get(1) + ", " + state);
      runs.actions(queued, false).addRate(figures, GROWTH, WHAT.get(2) + ", " + state);
      rig.addWebhooks(Sink.HOOK, 1);
      runs.deliveries(queued, 1).addRate(figures, GROWTH, WHAT.get(3) + ", " + state);
      rig.rows().removeWebhooks();
    }
  }
}
