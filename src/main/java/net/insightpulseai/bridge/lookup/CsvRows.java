package net.insightpulseai.bridge.lookup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
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

  private static final String STARTS_A_FORMULA = "=+-@\t\r";

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
    boolean formula = !text.isEmpty() && STARTS_A_FORMULA.indexOf(text.charAt(0)) >= 0;
    return formula ? "'" + text : text;
  }
}
