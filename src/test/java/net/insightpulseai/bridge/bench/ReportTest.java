package net.insightpulseai.bridge.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class ReportTest {

  private static final Report REPORT =
      new Report(
          Instant.parse("2026-01-02T03:04:05Z"),
          Map.of("version", "1.2.3"),
          machine(),
          Map.of(
              "where",
              "embedded",
              "server_version",
              "17.1",
              "fsync",
              "on",
              "synchronous_commit",
              "on",
              "round_trip_ms",
              0.25),
          scale(),
          List.of(
              "A note with <brackets> & more words than one line of the picture can hold. "
                  .repeat(4)),
          List.of(
              new Figure("start", "start to ready", Unit.SECONDS, List.of(8.25)),
              new Figure("ingest", "events", Unit.PER_SECOND, List.of(1200.0, 3400.4, 2300.0)),
              new Figure("ingest", "an event, p99", Unit.MILLISECONDS, List.of(9.0, 11.0)),
              new Figure("ingest", "a < b & c", Unit.RATIO, List.of(0.5))));

  @Test
  void theJsonIsAsItsSchemaSays() throws IOException {
    JsonNode written = new ObjectMapper().readTree(REPORT.json());
    assertThat(problems(written)).isEmpty();
    assertThat(written.at("/figures/1/median").doubleValue()).isEqualTo(2300.0);
    assertThat(written.at("/figures/2/median").doubleValue()).isEqualTo(10.0);
    ((com.fasterxml.jackson.databind.node.ObjectNode) written.at("/figures/1")).put("unit", "mph");
    assertThat(problems(written)).isNotEmpty();
  }

  @Test
  void theTableHasMediansAndTheirSpread() {
    assertThat(ReportTable.of(REPORT))
        .contains("odoo-supabase-bridge 1.2.3")
        .contains("A note with <brackets>")
        .containsPattern("(?m)^measure +what +median +unit +least to most$")
        .containsPattern("(?m)^start +start to ready +8\\.3 +s$")
        .containsPattern("(?m)^ingest +events +2,300 +/s +1,200 to 3,400$")
        .containsPattern("(?m)^ +an event, p99 +10\\.0 +ms +9\\.0 to 11\\.0$");
  }

  @Test
  void thePictureIsWellFormedAndLoadsNothing(@TempDir Path folder) throws Exception {
    REPORT.write(folder);
    String svg = Files.readString(folder.resolve("bench.svg"));
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    Document document =
        factory.newDocumentBuilder().parse(new ByteArrayInputStream(svg.getBytes(UTF_8)));

    assertThat(document.getDocumentElement().getNamespaceURI())
        .isEqualTo("http://www.w3.org/2000/svg");
    // Seconds are in the table only.
    assertThat(widths(document)).hasSize(3).allMatch(width -> width > 0 && width <= 420);
    assertThat(document.getElementsByTagName("line").getLength()).isEqualTo(2);
    assertThat(document.getDocumentElement().getTextContent())
        .contains("a < b & c")
        .contains("prefers-color-scheme: dark")
        .contains("A note with <brackets>");
    assertThat(svg).doesNotContainPattern("href|url\\(|@import|<script|<image");
  }

  private static List<Double> widths(Document document) {
    NodeList all = document.getElementsByTagName("rect");
    return java.util.stream.IntStream.range(0, all.getLength())
        .mapToObj(i -> all.item(i).getAttributes())
        .filter(one -> one.getNamedItem("class").getNodeValue().equals("bar"))
        .map(one -> Double.valueOf(one.getNamedItem("width").getNodeValue()))
        .toList();
  }

  private static java.util.Set<?> problems(JsonNode written) throws IOException {
    try (InputStream schema = ReportTest.class.getResourceAsStream("/bench/report.schema.json")) {
      return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema).validate(written);
    }
  }

  private static Map<String, Object> machine() {
    Map<String, Object> facts = new java.util.LinkedHashMap<>(Facts.machine());
    facts.put("load_average_before", 0.5);
    return facts;
  }

  private static Map<String, Object> scale() {
    return Report.scale(Scale.of(Map.of("BENCH_SETTINGS", "bridge.ingest.writers=4")));
  }
}
