package net.insightpulseai.bridge.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.insightpulseai.bridge.BridgeTest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalManagementPort;

/** docs/metrics.md lists the metrics that a running bridge shows to Prometheus. */
class MetricsListTest extends BridgeTest {

  private static final Pattern HELP = Pattern.compile("# HELP (bridge_\\w+) (.*)");
  private static final Pattern TYPE = Pattern.compile("# TYPE (bridge_\\w+) (\\w+)");
  private static final Pattern LABELS = Pattern.compile("(bridge_\\w+)\\{([^}]*)}.*");
  private static final Pattern METRIC =
      Pattern.compile("\\b((?:bridge|camel|hikaricp)_[a-z_]+)\\b(?!-)");
  private static final Pattern REGISTERED =
      Pattern.compile("\\.builder\\(\\s*\"(bridge\\.[a-z_.]+)\"");

  /** Described by hand: it is there only if some test before has left a pull subscriber. */
  private static final String SOMETIMES = "bridge_pull_age_seconds";

  @LocalManagementPort private int port;

  @Test
  void thePageListsEveryMetricOfOursWithItsDescription() throws Exception {
    post("/functions/v1/odoo_event_ingest", "{}", "x-signature", "wrong");
    post("/functions/v1/push_to_odoo", "{\"action\":\"bridge.ping\"}", "apikey", serviceKey());
    await().until(() -> scrape().contains("bridge_queue_attempts_seconds"));
    await().until(() -> scrape().contains("bridge_target_rows{"));

    GeneratedPart.of("docs/metrics.md", "metrics").mustBe(lines(scrape()));
  }

  @Test
  void everyMetricThatThePageAsksForIsThere() throws Exception {
    await().until(() -> scrape().contains("bridge_target_rows{"));
    String scraped = scrape();
    Set<String> asked = new TreeSet<>();
    for (String part : List.of("## What to ask", "## Camel, the pools and the JVM")) {
      METRIC
          .matcher(Documents.below("docs/metrics.md", part))
          .results()
          .forEach(name -> asked.add(name.group(1)));
    }
    assertThat(asked).hasSizeGreaterThan(10).allSatisfy(name -> assertThat(scraped).contains(name));
  }

  /** Some are not there in a bridge without Kafka, a collector and a lock that somebody holds. */
  @Test
  void thePageNamesEveryMetricThatTheCodeRegisters() throws Exception {
    String page = Documents.read(Path.of("docs/metrics.md"));
    List<String> missing = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
        Matcher meter = REGISTERED.matcher(Files.readString(file));
        while (meter.find()) {
          if (!page.contains("`" + meter.group(1).replace('.', '_'))) {
            missing.add(meter.group(1));
          }
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  private static List<String> lines(String scraped) {
    Map<String, String> help = new TreeMap<>();
    Map<String, String> types = new TreeMap<>();
    Map<String, Set<String>> labels = new TreeMap<>();
    for (String line : scraped.lines().toList()) {
      Matcher described = HELP.matcher(line);
      Matcher typed = TYPE.matcher(line);
      Matcher labelled = LABELS.matcher(line);
      if (described.matches()) {
        help.put(described.group(1), described.group(2).strip());
      } else if (typed.matches()) {
        types.put(typed.group(1), typed.group(2));
      } else if (labelled.matches()) {
        String name = labelled.group(1).replaceAll("_(count|sum|bucket)$", "");
        for (String label : labelled.group(2).split(",")) {
          labels.computeIfAbsent(name, one -> new TreeSet<>()).add(label.replaceAll("=.*", ""));
        }
      }
    }
    help.remove(SOMETIMES);
    // The greatest of late stands beside each timer and summary.
    help.keySet().removeIf(name -> name.endsWith("_max") && help.containsKey(stem(name)));
    assertThat(help).hasSizeGreaterThan(10).doesNotContainValue("");
    List<String> lines = new ArrayList<>();
    help.forEach(
        (name, text) -> {
          Set<String> by = new TreeSet<>(labels.getOrDefault(name, Set.of()));
          by.remove("le");
          lines.add(
              GeneratedPart.bullet(
                  "`%s` (%s%s): %s"
                      .formatted(
                          name,
                          types.get(name),
                          by.isEmpty() ? "" : " by `" + String.join("`, `", by) + "`",
                          text)));
        });
    return lines;
  }

  private static String stem(String name) {
    return name.substring(0, name.length() - "_max".length());
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
