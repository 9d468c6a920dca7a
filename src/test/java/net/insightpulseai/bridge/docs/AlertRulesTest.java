package net.insightpulseai.bridge.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The alerts name metrics that exist, and operations.md says what to do for each. */
class AlertRulesTest {

  private static final String RULES =
      Documents.read(Path.of("docker/prometheus/bridge-rules.yaml"));

  @Test
  void everyMetricOfAnAlertIsOneOfTheBridge() {
    String listed = Documents.below("docs/operations.md", "## Metrics");
    Set<String> used = found("\\b(bridge_[a-z_]+)\\b(?=[{\\[)])");
    assertThat(used).hasSizeGreaterThan(5);
    assertThat(used).allSatisfy(name -> assertThat(listed).contains("`" + name + "`"));
  }

  @Test
  void everyAlertHasItsRemedyAndItsTest() {
    Set<String> alerts = found("- alert: (\\w+)");
    assertThat(Documents.firstColumn("docs/operations.md", "## Alerts")).isEqualTo(alerts);
    String tests = Documents.read(Path.of("docker/prometheus/bridge-rules-test.yaml"));
    // It needs a day.
    alerts.remove("BridgeRowsHeld");
    assertThat(alerts)
        .allSatisfy(alert -> assertThat(tests).contains("alertname: " + alert + "\n"));
  }

  private static Set<String> found(String pattern) {
    Set<String> found = new TreeSet<>();
    Pattern.compile(pattern).matcher(RULES).results().forEach(one -> found.add(one.group(1)));
    return found;
  }
}
