package net.insightpulseai.bridge.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import net.insightpulseai.bridge.client.Column.Form;

/**
 * Rows as a table that fits a terminal: the widest texts are cut first, and if that is not enough,
 * the last columns stand below their row, one value a line and in full.
 */
final class Table {

  private static final String GAP = "  ";
  private static final String BELOW = "    ";
  private static final int LEAST = 8;

  private final List<Column> columns;
  private final ShownTime times;
  private final int width;

  /**
   * @param width of the terminal; {@link Terminal#UNLIMITED} cuts nothing
   */
  Table(List<Column> columns, ShownTime times, int width) {
    this.columns = columns;
    this.times = times;
    this.width = width;
  }

  void print(List<JsonNode> rows, PrintStream out) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(columns.stream().map(this::title).toList());
    for (JsonNode row : rows) {
      cells.add(columns.stream().map(column -> column.of(row, times)).toList());
    }
    List<Integer> widths = fitting(natural(cells));
    for (List<String> line : cells) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < widths.size(); i++) {
        boolean number = columns.get(i).form() == Form.NUMBER;
        text.append(i == 0 ? "" : GAP).append(Cell.fit(line.get(i), widths.get(i), number));
      }
      out.println(text.toString().stripTrailing());
      for (int i = widths.size(); i < columns.size() && line != cells.get(0); i++) {
        if (!line.get(i).isEmpty()) {
          out.println(BELOW + title(columns.get(i)) + ": " + line.get(i));
        }
      }
    }
  }

  private String title(Column column) {
    return column.form() == Form.TIME
        ? column.title() + " (" + times.zoneName() + ")"
        : column.title();
  }

  private List<Integer> natural(List<List<String>> cells) {
    List<Integer> widths = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      int column = i;
      widths.add(cells.stream().mapToInt(line -> Cell.width(line.get(column))).max().orElse(0));
    }
    return widths;
  }

  private List<Integer> fitting(List<Integer> natural) {
    List<Integer> widths = new ArrayList<>(natural);
    while (sum(widths) > width) {
      int widest = -1;
      for (int i = 0; i < widths.size(); i++) {
        boolean shrinks = columns.get(i).form() == Form.TEXT && widths.get(i) > LEAST;
        if (shrinks && (widest < 0 || widths.get(i) > widths.get(widest))) {
          widest = i;
        }
      }
      if (widest >= 0) {
        widths.set(widest, widths.get(widest) - 1);
      } else if (widths.size() > 1) {
        // There is room again for those that are left.
        widths = new ArrayList<>(natural.subList(0, widths.size() - 1));
      } else {
        break;
      }
    }
    return widths;
  }

  private static int sum(List<Integer> widths) {
    return widths.stream().mapToInt(Integer::intValue).sum() + GAP.length() * (widths.size() - 1);
  }
}
