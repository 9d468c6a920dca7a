package net.insightpulseai.bridge.bench;

import net.insightpulseai.bridge.bench.Meter.Reading;

/** Something that was done often, with its pace and its costs. */
record Run(long count, double rate, Reading before, Reading after) {

  void addRate(Figures figures, MeasureName measure, String label) {
    figures.add(measure, label, Unit.PER_SECOND, rate);
  }

  void addCosts(Figures figures, MeasureName measure, String what) {
    before.addCosts(figures, measure.key(), what, after, count);
  }
}
