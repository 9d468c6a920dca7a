package net.insightpulseai.bridge.bench;

import java.util.List;

/**
 * One thing that was measured.
 *
 * @param measure what it belongs to, {@code start} or a key of {@link MeasureName}
 * @param label what it is, in words; one measure has each once
 * @param rounds as often as it was measured
 */
record Figure(String measure, String label, Unit unit, List<Double> rounds) {

  Figure {
    rounds = List.copyOf(rounds);
    if (rounds.isEmpty()) {
      throw new IllegalArgumentException(measure + ", " + label + " was not measured");
    }
  }

  double median() {
    List<Double> sorted = rounds.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  double least() {
    return rounds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  double most() {
    return rounds.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }
}
