package net.insightpulseai.bridge.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What has been measured so far: measures in their order, and in each its figures in theirs. */
final class Figures {

  private record Name(String measure, String label, Unit unit) {}

  private final Map<Name, List<Double>> rounds = new LinkedHashMap<>();

  /** Adds one round of a figure. */
  void add(String measure, String label, Unit unit, double value) {
    rounds.computeIfAbsent(new Name(measure, label, unit), name -> new ArrayList<>()).add(value);
  }

  void add(MeasureName measure, String label, Unit unit, double value) {
    add(measure.key(), label, unit, value);
  }

  /** Adds a figure that others give, such as a ratio of their medians. */
  void derive(MeasureName measure, String label, double value) {
    add(measure, label, Unit.RATIO, value);
  }

  double median(MeasureName measure, String label) {
    return all().stream()
        .filter(one -> one.measure().equals(measure.key()) && one.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(measure + ", " + label + " was not measured"))
        .median();
  }

  List<Figure> all() {
    Map<String, List<Figure>> byMeasure = new LinkedHashMap<>();
    rounds.forEach(
        (name, values) ->
            byMeasure
                .computeIfAbsent(name.measure, measure -> new ArrayList<>())
                .add(new Figure(name.measure, name.label, name.unit, values)));
    return byMeasure.values().stream().flatMap(List::stream).toList();
  }
}
