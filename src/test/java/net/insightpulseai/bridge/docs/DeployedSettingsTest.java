package net.insightpulseai.bridge.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What docker/ sets are settings that the bridge has: a misspelled one would be ignored. */
class DeployedSettingsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path KUBERNETES = Path.of("docker/kubernetes");
  private static final Path VALUES = Path.of("docker/helm/odoo-supabase-bridge/values.yaml");

  /** Each setting's own variable, and the name that Spring derives of its key. */
  private static final Set<String> KNOWN = new TreeSet<>();

  static {
    for (SettingsFile.Setting one : SettingsFile.read()) {
      KNOWN.add(one.variable());
      KNOWN.add(one.key().replace('.', '_').replace("-", "").toUpperCase(Locale.ROOT));
    }
  }

  @Test
  void compose() {
    JsonNode bridge = yaml(Path.of("docker/compose.yaml")).at("/services/bridge");
    assertThat(names(bridge.path("environment"))).hasSizeGreaterThan(3).isSubsetOf(KNOWN);
    Set<String> secrets = new TreeSet<>();
    bridge.path("secrets").forEach(one -> secrets.add(one.asText()));
    assertThat(secrets).contains("SUPABASE_DB_URL").isSubsetOf(KNOWN);
  }

  @Test
  void kubernetes() {
    Set<String> set = new TreeSet<>();
    for (String file : Set.of("base/settings.yaml", "overlays/example/settings.yaml")) {
      set.addAll(names(yaml(KUBERNETES.resolve(file)).path("data")));
    }
    assertThat(set).hasSizeGreaterThan(3).isSubsetOf(KNOWN);
  }

  @Test
  void theExampleOfTheChartAndTheKeysOfItsSecret() {
    String values = Documents.read(VALUES);
    Set<String> named = found(values, "(?m)^# +([A-Z][A-Z_]+): ");
    named.addAll(found(values, "\\b([A-Z]+(?:_[A-Z]+)+)\\b(?=[,\\n])"));
    assertThat(named).contains("ODOO_BASE_URL", "EDGE_HMAC_SECRET").isSubsetOf(KNOWN);
  }

  @Test
  void systemd() {
    Set<String> set =
        found(
            Documents.read(Path.of("docker/systemd/odoo-supabase-bridge.service")),
            "(?m)^Environment=(\\w+)=");
    assertThat(set).isNotEmpty().isSubsetOf(KNOWN);
  }

  @Test
  void theSecretThatTheDocumentMakes() {
    Set<String> named =
        found(Documents.below("docs/containers.md", "## Kubernetes"), "--from-file=([A-Z_]+)");
    assertThat(named).contains("SUPABASE_DB_URL").isSubsetOf(KNOWN);
  }

  private static Set<String> names(JsonNode node) {
    Set<String> names = new TreeSet<>();
    ((ObjectNode) node).fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static Set<String> found(String text, String pattern) {
    Set<String> found = new TreeSet<>();
    Pattern.compile(pattern).matcher(text).results().forEach(one -> found.add(one.group(1)));
    return found;
  }

  private static JsonNode yaml(Path file) {
    return JSON.valueToTree(new Yaml().load(Documents.read(file)));
  }
}
