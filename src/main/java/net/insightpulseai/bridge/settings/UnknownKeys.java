package net.insightpulseai.bridge.settings;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import net.insightpulseai.bridge.config.Nearest;
import net.insightpulseai.bridge.settings.Setting.Kind;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Keys that no code reads. Environment variables are looked at by {@link UnreadVariables}. */
final class UnknownKeys {

  private final KnownSettings known;
  private final Map<String, String> wrong = new TreeMap<>();
  private final Map<String, String> suspect = new TreeMap<>();

  UnknownKeys(KnownSettings known, ConfigurableEnvironment environment) {
    this.known = known;
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      if (source instanceof IterableConfigurationPropertySource all
          && source.getUnderlyingSource() instanceof PropertySource<?> underlying
          && !(underlying instanceof SystemEnvironmentPropertySource)) {
        all.forEach(name -> look(all, name, underlying.getName()));
      }
    }
  }

  /** One line for each key below {@code bridge.} that does not exist. */
  Iterable<String> wrong() {
    return wrong.values();
  }

  /** One line for each other key that was probably meant to be one of ours. */
  Iterable<String> suspect() {
    return suspect.values();
  }

  private void look(
      IterableConfigurationPropertySource source, ConfigurationPropertyName name, String from) {
    String top = name.getElement(0, Form.DASHED);
    if (top.equals(KnownSettings.ROOT)) {
      below(source, name, from);
      return;
    }
    var written = source.getConfigurationProperty(name);
    if (written != null && WrittenAt.isInFile(written.getOrigin())) {
      String meant = meant(top);
      if (!meant.isEmpty()) {
        suspect.putIfAbsent(
            top,
            "%s: %s is not read; did you mean %s?"
                .formatted(WrittenAt.of(written.getOrigin(), from), top, meant));
      }
    }
  }

  private String meant(String top) {
    if (Nearest.distance(top, KnownSettings.ROOT) <= 2) {
      return KnownSettings.ROOT;
    }
    Setting section = known.root().below(top, false);
    return section == null || section.kind() == Kind.VALUE
        ? ""
        : KnownSettings.ROOT + "." + top.toLowerCase(Locale.ROOT);
  }

  private void below(
      IterableConfigurationPropertySource source, ConfigurationPropertyName name, String from) {
    BiConsumer<ConfigurationPropertyName, String> report =
        (key, expected) -> {
          var written = source.getConfigurationProperty(name);
          String where = WrittenAt.of(written == null ? null : written.getOrigin(), from);
          wrong.putIfAbsent(key.toString(), "%s: %s (%s)".formatted(key, expected, where));
        };
    Setting here = known.root();
    for (int i = 1; i < name.getNumberOfElements(); i++) {
      String element = name.getElement(i, Form.ORIGINAL);
      Setting next = here.below(element, name.isNumericIndex(i));
      if (next == null) {
        report.accept(name.chop(i + 1), unknown(name.chop(i), here, element));
        return;
      }
      here = next;
    }
    if (here.kind() == Kind.SECTION && hasText(source, name)) {
      report.accept(
          name, "found a value, expected settings below it: " + String.join(", ", here.names()));
    }
  }

  private static boolean hasText(
      IterableConfigurationPropertySource source, ConfigurationPropertyName name) {
    var written = source.getConfigurationProperty(name);
    return written != null && !String.valueOf(written.getValue()).isBlank();
  }

  private String unknown(ConfigurationPropertyName parent, Setting section, String element) {
    if (section.kind() == Kind.VALUE || section.kind() == Kind.LIST) {
      return "unknown setting; " + parent + " has no settings below it";
    }
    String near = known.nearest(parent.toString(), section, element);
    return near == null
        ? "unknown setting, expected one of " + String.join(", ", section.names())
        : "unknown setting; did you mean " + near + "?";
  }
}
