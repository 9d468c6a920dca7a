package net.insightpulseai.bridge.routecheck;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.config.Nearest;
import net.insightpulseai.bridge.config.PlaceholderNames;
import org.apache.camel.spi.PropertiesFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** What stands in routes between double braces. */
final class Placeholders {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]*)}}");

  /** Those of Camel itself. */
  private static final Set<String> OF_CAMEL =
      Set.of("env", "sys", "service", "service.name", "service.host", "service.port", "boolean");

  private final Map<String, Map<String, String>> samples = new LinkedHashMap<>();
  private final Environment environment;

  Placeholders(KnownBeans beans, Environment environment) {
    this.environment = environment;
    for (PlaceholderNames one : beans.placeholders()) {
      Map<String, String> values = new LinkedHashMap<>();
      for (String sample : one.samples()) {
        values.put(sample.replaceFirst("=.*", ""), sample.replaceFirst("^[^=]*=", ""));
      }
      samples.put(one.prefix(), values);
    }
  }

  /** Adds what an entry names and nothing resolves. */
  void check(Entry entry, Findings findings) {
    Nodes.each(entry.item(), (key, at, value) -> check(entry, value, findings));
  }

  private void check(Entry entry, Node value, Findings findings) {
    if (!(value instanceof ScalarNode)) {
      Nodes.items(value).stream()
          .filter(ScalarNode.class::isInstance)
          .forEach(item -> check(entry, item, findings));
      return;
    }
    Matcher found = PLACEHOLDER.matcher(Nodes.text(value));
    while (found.find()) {
      String fault = fault(found.group(1).strip());
      if (fault != null) {
        findings.wrong(entry.file(), value, fault);
      }
    }
  }

  private @Nullable String fault(String name) {
    int colon = name.indexOf(':');
    String prefix = colon < 0 ? "" : name.substring(0, colon);
    Map<String, String> values = samples.get(prefix);
    if (values != null) {
      String value = name.substring(colon + 1);
      return values.containsKey(value)
          ? null
          : "unknown placeholder {{%s}}%s; expected %s:%s"
              .formatted(
                  name,
                  Nearest.hint(value, values.keySet()),
                  prefix,
                  String.join(", " + prefix + ":", values.keySet()));
    }
    if (prefix.equals("bean")) {
      return "the placeholder {{%s}} calls a bean, which routes may not; expected a setting"
          .formatted(name);
    }
    if (OF_CAMEL.contains(prefix) || colon >= 0 || name.startsWith("?")) {
      return null;
    }
    return environment.containsProperty(name)
        ? null
        : "unknown placeholder {{%s}}: no such setting or environment variable; give it a value, or a default after a colon"
            .formatted(name);
  }

  /** Resolves as the bridge's own placeholders do, with values for trials. */
  Set<Map.Entry<String, Map<String, String>>> functions() {
    return samples.entrySet();
  }

  static PropertiesFunction function(String prefix, Map<String, String> values) {
    return new PropertiesFunction() {
      @Override
      public String getName() {
        return prefix;
      }

      @Override
      public @Nullable String apply(String name) {
        return values.get(name);
      }
    };
  }
}
