package net.insightpulseai.bridge.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {

  private static final List<Column> COLUMNS =
      List.of(
          Column.number("id"),
          Column.time("at"),
          Column.text("name"),
          Column.text("why"),
          Column.word("state"));

  private static JsonNode row(int id, String name, String why) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", id)
        .put("at", "2026-07-01T22:30:59.123456+00:00")
        .put("name", name)
        .put("why", why)
        .put("state", "running");
  }

  private static List<String> print(int width, JsonNode... rows) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Table(COLUMNS, new ShownTime(ZoneId.of("Europe/Berlin")), width)
        .print(List.of(rows), new PrintStream(out, true, UTF_8));
    return out.toString(UTF_8).lines().toList();
  }

  @Test
  void withoutATerminalNothingIsCutAndTimesAreInTheZoneThatTheHeadNames() {
    String why = "x".repeat(500);
    assertThat(print(Terminal.UNLIMITED, row(7, "crm", why), row(1234, "warehouse", "")))
        .containsExactly(
            "  ID  AT (Europe/Berlin)   NAME       WHY" + " ".repeat(499) + "STATE",
            "   7  2026-07-02 00:30:59  crm        " + why + "  running",
            "1234  2026-07-02 00:30:59  warehouse  " + " ".repeat(500) + "  running");
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 30, 40, 50, 60, 80, 100, 120, 200})
  void noRowIsWiderThanTheTerminal(int width) {
    List<String> lines =
        print(width, row(7, "倉庫".repeat(40), "é".repeat(90)), row(8, "crm", "a👍b".repeat(40)));
    List<String> rows = lines.stream().filter(line -> !line.startsWith("    ")).toList();
    assertThat(rows).hasSize(3).allMatch(line -> Cell.width(line) <= width);
    assertThat(rows.get(1)).startsWith(" 7");
  }

  @Test
  void whatFindsNoRoomStandsBelowItsRowInFull() {
    String why = "y".repeat(100);
    assertThat(print(32, row(7, "crm", why), row(8, "erp", "")))
        .containsExactly(
            "ID  AT (Europe/Berlin)   NAME",
            " 7  2026-07-02 00:30:59  crm",
            "    WHY: " + why,
            "    STATE: running",
            " 8  2026-07-02 00:30:59  erp",
            "    STATE: running");
  }

  @Test
  void theWidestTextIsCutFirst() {
    assertThat(print(60, row(7, "warehouse", "y".repeat(100))).get(1))
        .isEqualTo(" 7  2026-07-02 00:30:59  warehouse  " + "y".repeat(14) + "…  running");
  }

  @Test
  void whatATerminalWouldObeyIsNotPrinted() {
    assertThat(print(120, row(7, "a\u001b]0;x\u0007b\u202Ec", "one\ntwo\tthree")).get(1))
        .contains("a?]0;x?b?c", "one two three");
  }
}
