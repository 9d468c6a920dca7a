package net.insightpulseai.bridge.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Alerts and dashboard name metrics of the list, and metrics.md says what to do for each alert. */
class AlertRulesTest {

  private static final String RULES =
      Documents.read(Path.of("docker/prometheus/bridge-rules.yaml"));

  private static final String DASHBOARD =
      Documents.read(Path.of("docker/grafana/dashboards/bridge.json"));

  @Test
  void everyMetricOfAlertsAndDashboardIsOneOfTheBridge() {
    String listed = Documents.below("docs/metrics.md", "## The bridge");
    for (String file : List.of(RULES, DASHBOARD)) {
      Set<String> used =
          found(file, "\\b(bridge_[a-z_]+?)(?:_count|_sum|_bucket|_max)?(?=[{\\[)])");
      assertThat(used).hasSizeGreaterThan(5);
      assertThat(used).allSatisfy(name -> assertThat(listed).contains("`" + name + "`"));
    }
  }

  @Test
  void everyAlertHasItsRemedyAndItsTest() {
    Set<String> alerts = found(RULES, "- alert: (\\w+)");
    assertThat(Documents.firstColumn("docs/metrics.md", "## Alerts")).isEqualTo(alerts);
    String tests = Documents.read(Path.of("docker/prometheus/bridge-rules-test.yaml"));
    // It needs a day.
    alerts.remove("BridgeRowsHeld");
    assertThat(alerts)
        .allSatisfy(alert -> assertThat(tests).contains("alertname: " + alert + "\n"));
  }

  private static Set<String> found(String text, String pattern) {
    Set<String> found = new TreeSet<>();
    Pattern.compile(pattern).matcher(text).results().forEach(one -> found.add(one.group(1)));
    return found;
  }
}
