package net.insightpulseai.bridge.lookup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * JSON rows as a table with a header. JSON in a cell stays JSON; a text that a spreadsheet would
 * run as a formula gets an apostrophe in front.
 */
@Component
class CsvRows {

  /** In any width, and the minus sign besides the hyphen. */
  private static final String STARTS_A_FORMULA = "=+-@\u2212";

  private final ObjectMapper json;

  CsvRows(@Qualifier("exactJson") ObjectMapper json) {
    this.json = json;
  }

  /** Writes these rows, which have all the columns of the first. */
  String write(List<String> lines) {
    StringBuilder table = new StringBuilder();
    try (CSVPrinter printer = new CSVPrinter(table, CSVFormat.RFC4180)) {
      for (String line : lines) {
        JsonNode row = json.readTree(line);
        if (table.isEmpty()) {
          printer.printRecord((Object[]) names(row));
        }
        for (JsonNode value : row) {
          printer.print(cell(value));
        }
        printer.println();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return table.toString();
  }

  private static String[] names(JsonNode row) {
    return row.properties().stream().map(Map.Entry::getKey).toArray(String[]::new);
  }

  private @Nullable String cell(JsonNode value) throws JsonProcessingException {
    if (value.isNull()) {
      return null;
    }
    if (value.isNumber()) {
      return json.writeValueAsString(value);
    }
    String text = value.isTextual() ? value.textValue() : json.writeValueAsString(value);
    return startsAFormula(text) ? "'" + text : text;
  }

  /**
   * Whether a spreadsheet may take the text for a formula. Some skip line breaks, other control
   * characters and invisible ones, and read the wide and small forms of an equals sign as one.
   */
  private static boolean startsAFormula(String text) {
    OptionalInt visible =
        text.codePoints().dropWhile(c -> Character.getType(c) == Character.FORMAT).findFirst();
    if (visible.isEmpty()) {
      return false;
    }
    String first = Character.toString(visible.getAsInt());
    return Character.isISOControl(visible.getAsInt())
        || STARTS_A_FORMULA.contains(Normalizer.normalize(first, Normalizer.Form.NFKC));
  }
}
