package net.insightpulseai.bridge.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.insightpulseai.bridge.BridgeTest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.yaml.snakeyaml.Yaml;

/** The dashboard and the alerts ask for metrics and labels that a running bridge has. */
class MonitoringFilesTest extends BridgeTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNode DASHBOARD =
      json(Documents.read(Path.of("docker/grafana/dashboards/bridge.json")));

  /** A name before its labels or its range, or in parentheses by itself. */
  private static final Pattern METRIC =
      Pattern.compile("\\b([a-z][a-z_]*_[a-z_]+|up)\\b(?=\\s*[{\\[)]|\\s*$|\\s*[=<>/*+-])");

  private static final Pattern SELECTOR = Pattern.compile("([a-z_]+)\\{([^}]*)}");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)\\s*(?:=|!=|=~|!~)\\s*\"");

  /** What Prometheus itself adds to each series of a scrape. */
  private static final Set<String> ADDED = Set.of("job", "instance");

  @LocalManagementPort private int port;

  @Test
  void everyMetricAndLabelOfDashboardAndAlertsIsInAScrape() throws Exception {
    post("/functions/v1/odoo_event_ingest", "{}", "x-signature", "wrong");
    post("/functions/v1/push_to_odoo", "{\"action\":\"bridge.ping\"}", "apikey", serviceKey());
    // Its pauses are measured once there was one.
    System.gc();
    await()
        .until(
            () ->
                scrape().contains("bridge_queue_attempts_seconds")
                    && scrape().contains("bridge_target_rows{")
                    && scrape().contains("jvm_gc_pause_seconds"));
    List<String> scraped = scrape().lines().filter(line -> !line.startsWith("#")).toList();
    Set<String> known =
        scraped.stream().map(line -> line.replaceAll("[{ ].*", "")).collect(Collectors.toSet());
    known.add("up");

    List<String> asked = new ArrayList<>(expressionsOfTheDashboard());
    assertThat(asked).hasSizeGreaterThan(20);
    asked.addAll(expressionsOfTheAlerts());

    Set<String> names = new TreeSet<>();
    Set<String> unknownLabels = new TreeSet<>();
    for (String expression : asked) {
      String bare = expression.replaceAll("\"[^\"]*\"", "\"\"");
      METRIC.matcher(bare).results().forEach(one -> names.add(one.group(1)));
      SELECTOR
          .matcher(expression)
          .results()
          .forEach(
              one ->
                  LABEL
                      .matcher(one.group(2))
                      .results()
                      .map(label -> label.group(1))
                      .filter(label -> !ADDED.contains(label))
                      .filter(label -> !has(scraped, one.group(1), label))
                      .forEach(label -> unknownLabels.add(one.group(1) + " by " + label)));
    }
    assertThat(names).hasSizeGreaterThan(20);
    names.removeAll(known);
    assertThat(names).as("metrics that the bridge does not have").isEmpty();
    assertThat(unknownLabels).as("labels that the metric does not have").isEmpty();
  }

  @Test
  void everyLegHasItsRowAndEachPanelItsUnitAndItsQuestion() {
    List<String> rows = new ArrayList<>();
    DASHBOARD
        .path("panels")
        .forEach(
            panel -> {
              if (panel.path("type").asText().equals("row")) {
                rows.add(panel.path("title").asText());
              } else {
                assertThat(panel.path("description").asText()).as(panel.toString()).isNotEmpty();
                assertThat(panel.at("/fieldConfig/defaults/unit").asText())
                    .as(panel.path("title").asText())
                    .isNotEmpty();
                assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
              }
            });
    assertThat(rows)
        .containsExactly("Ingest", "Actions", "Deliveries", "Targets", "Routes", "Database", "JVM");
    List<String> variables = new ArrayList<>();
    DASHBOARD
        .at("/templating/list")
        .forEach(variable -> variables.add(variable.path("name").asText()));
    assertThat(variables).containsExactly("datasource", "instance");
  }

  private static boolean has(List<String> scraped, String metric, String label) {
    return scraped.stream()
        .anyMatch(line -> line.startsWith(metric + "{") && line.contains(label + "=\""));
  }

  private static List<String> expressionsOfTheDashboard() {
    List<String> expressions = new ArrayList<>();
    DASHBOARD
        .path("panels")
        .forEach(
            panel ->
                panel
                    .path("targets")
                    .forEach(target -> expressions.add(target.path("expr").asText())));
    return expressions;
  }

  private static List<String> expressionsOfTheAlerts() {
    JsonNode rules =
        JSON.valueToTree(
            new Yaml().load(Documents.read(Path.of("docker/prometheus/bridge-rules.yaml"))));
    return rules.findValuesAsText("expr");
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private String scrape() throws IOException, InterruptedException {
    String login = Base64.getEncoder().encodeToString(("admin:" + ADMIN_PASSWORD).getBytes(UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/prometheus"))
            .header("Authorization", "Basic " + login)
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }
}
