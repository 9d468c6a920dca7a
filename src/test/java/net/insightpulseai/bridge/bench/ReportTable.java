package net.insightpulseai.bridge.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report as a table of text: medians, and the least and the most where there are several. */
final class ReportTable {

  private static final String GAP = "  ";

  private ReportTable() {}

  static String of(Report report) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("measure", "what", "median", "unit", "least to most"));
    String last = "";
    for (Figure figure : report.figures()) {
      lines.add(line(figure, figure.measure().equals(last) ? "" : figure.measure()));
      last = figure.measure();
    }
    StringBuilder text = new StringBuilder(report.origin()).append('\n');
    report.notes().forEach(note -> text.append("  ").append(note).append('\n'));
    text.append('\n');
    int[] widths = new int[lines.get(0).size()];
    lines.forEach(
        line -> {
          for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], line.get(i).length());
          }
        });
    for (List<String> line : lines) {
      StringBuilder row = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String form = "%" + (i == 2 ? "" : "-") + widths[i] + "s";
        row.append(i == 0 ? "" : GAP).append(String.format(Locale.ROOT, form, line.get(i)));
      }
      text.append(row.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static List<String> line(Figure figure, String measure) {
    Unit unit = figure.unit();
    return List.of(
        measure,
        figure.label(),
        unit.write(figure.median()),
        unit.text(),
        figure.rounds().size() == 1
            ? ""
            : unit.write(figure.least()) + " to " + unit.write(figure.most()));
  }
}
