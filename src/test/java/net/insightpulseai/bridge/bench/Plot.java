package net.insightpulseai.bridge.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.web.util.HtmlUtils;

/**
 * A report as bars: a picture that loads nothing and follows the reader's light or dark scheme. A
 * thin line through the end of a bar goes from the least to the most.
 */
final class Plot {

  private static final int WIDTH = 960;
  private static final int LABEL_END = 400;
  private static final int BAR_LENGTH = 420;
  private static final int ROW = 22;
  private static final int MARGIN = 24;
  private static final int LETTERS_A_LINE = 150;

  private static final Map<Unit, String> HEADINGS =
      Map.of(
          Unit.PER_SECOND, "A second (longer is better)",
          Unit.MILLISECONDS, "Milliseconds (shorter is better)",
          Unit.CPU_MICROSECONDS, "Microseconds of CPU for each (shorter is better)",
          Unit.RATIO, "Ratios");

  private static final String STYLE =
      """
      <style>
        text { font: 13px system-ui, sans-serif; fill: #1f2328 }
        .heading { font-weight: 600 }
        .quiet { fill: #59636e; font-size: 11px }
        .end { text-anchor: end }
        .ground { fill: #ffffff }
        .bar { fill: #0969da }
        .spread { stroke: #1f2328; stroke-width: 1.5 }
        @media (prefers-color-scheme: dark) {
          text { fill: #f0f6fc }
          .quiet { fill: #9198a1 }
          .ground { fill: #0d1117 }
          .bar { fill: #4493f8 }
          .spread { stroke: #f0f6fc }
        }
      </style>
      """;

  private final Report report;
  private final StringBuilder shapes = new StringBuilder();
  private int y = MARGIN;

  Plot(Report report) {
    this.report = report;
  }

  String svg() {
    for (Unit unit :
        List.of(Unit.PER_SECOND, Unit.RATIO, Unit.MILLISECONDS, Unit.CPU_MICROSECONDS)) {
      List<Figure> figures =
          report.figures().stream().filter(figure -> figure.unit() == unit).toList();
      if (!figures.isEmpty()) {
        panel(HEADINGS.get(unit), figures);
      }
    }
    quiet(report.origin());
    report.notes().forEach(this::quiet);
    int height = y + MARGIN / 2;
    return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img">
        <title>Measurements of the bridge</title>
        %3$s<rect class="ground" width="%1$d" height="%2$d"/>
        %4$s</svg>
        """
        .formatted(WIDTH, height, STYLE, shapes);
  }

  private void panel(String heading, List<Figure> figures) {
    y += ROW / 2;
    text(MARGIN, "heading", heading);
    double most = figures.stream().mapToDouble(Figure::most).max().orElseThrow();
    double scale = most > 0 ? BAR_LENGTH / most : 0;
    figures.forEach(figure -> bar(figure, scale));
    y += ROW / 2;
  }

  private void bar(Figure figure, double scale) {
    int middle = y - 4;
    shapes.append(
        String.format(
            Locale.ROOT,
            "<rect class=\"bar\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"14\" rx=\"2\"/>%n",
            LABEL_END + 12,
            middle - 7,
            figure.median() * scale));
    if (figure.rounds().size() > 1) {
      shapes.append(
          String.format(
              Locale.ROOT,
              "<line class=\"spread\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>%n",
              LABEL_END + 12 + figure.least() * scale,
              LABEL_END + 12 + figure.most() * scale,
              middle,
              middle));
    }
    int row = y;
    text(LABEL_END, "end", figure.label());
    y = row;
    text(WIDTH - MARGIN, "end", figure.unit().write(figure.median()));
  }

  /** Small print, in as many lines as it needs. */
  private void quiet(String words) {
    for (String line : lines(words)) {
      text(MARGIN, "quiet", line);
      y -= ROW / 4;
    }
  }

  private static List<String> lines(String words) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : words.split(" ")) {
      if (line.length() + word.length() > LETTERS_A_LINE) {
        lines.add(line.toString().strip());
        line.setLength(0);
      }
      line.append(word).append(' ');
    }
    lines.add(line.toString().strip());
    return lines;
  }

  private void text(int x, String style, String words) {
    shapes.append(
        "<text x=\"%d\" y=\"%d\" class=\"%s\">%s</text>%n"
            .formatted(x, y, style, HtmlUtils.htmlEscapeDecimal(words)));
    y += ROW;
  }
}
