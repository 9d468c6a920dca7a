package net.insightpulseai.bridge.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvRowsTest {

  private final ObjectMapper json = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\u000b=1",
        "\u0085=1",
        "\uff1d1+1",
        "\uff0b1",
        "\uff0d1",
        "\uff20SUM(A1)",
        "\ufe661",
        "\ufe62a",
        "\ufe63a",
        "\ufe6ba",
        "\u22121",
        "\ufeff=1",
        "\u200b\u200b=1"
      })
  void whatASpreadsheetWouldRunIsText(String cell) throws Exception {
    assertThat(cell(cell)).isEqualTo("'" + cell);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a=1", " a", "1", "2026-01-31", "\u00e9", "'=1", "\u2474", "\ufeff"})
  void allElseStaysAsItIs(String cell) throws Exception {
    assertThat(cell(cell)).isEqualTo(cell);
  }

  /** The only cell of a table, without its header, quotes and line end. */
  private String cell(String text) throws Exception {
    String row = json.writeValueAsString(json.createObjectNode().put("column", text));
    String table = new CsvRows(json).write(List.of(row));
    String cell = table.substring("column\r\n".length(), table.length() - "\r\n".length());
    return cell.startsWith("\"") ? cell.substring(1, cell.length() - 1) : cell;
  }
}
