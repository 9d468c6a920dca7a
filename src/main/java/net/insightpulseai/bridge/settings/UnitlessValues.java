package net.insightpulseai.bridge.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.settings.Setting.Kind;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.unit.DataSize;

/**
 * Durations and sizes without a unit. Spring takes them for milliseconds and bytes, so that a
 * timeout of 75 s written as 75 would fail every call.
 */
final class UnitlessValues {

  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+");

  private final ConfigurableEnvironment environment;
  private final Map<String, String> lines;

  private UnitlessValues(ConfigurableEnvironment environment, Map<String, String> lines) {
    this.environment = environment;
    this.lines = lines;
  }

  /** Adds a line for each of them, by its key. */
  static void find(
      KnownSettings known, ConfigurableEnvironment environment, Map<String, String> lines) {
    UnitlessValues values = new UnitlessValues(environment, lines);
    known.each(
        (key, setting) -> {
          if (setting.holds(List.of(Duration.class))) {
            values.check(key, setting, "a duration such as ", "s");
          } else if (setting.holds(List.of(DataSize.class))) {
            values.check(key, setting, "a size such as ", "MB");
          }
        });
  }

  private void check(String key, Setting setting, String expected, String unit) {
    for (ConfigurationProperty written : written(key, setting.kind() == Kind.LIST)) {
      String text = environment.resolvePlaceholders(String.valueOf(written.getValue()));
      for (String one : text.split(",", -1)) {
        if (NUMBER.matcher(one.strip()).matches()) {
          lines.putIfAbsent(
              key,
              "%s: found '%s' without a unit, expected %s%s%s (%s)"
                  .formatted(
                      key,
                      text,
                      expected,
                      one.strip().replaceFirst("^[+-]", ""),
                      unit,
                      WrittenAt.of(written.getOrigin(), source(written))));
        }
      }
    }
  }

  private static String source(ConfigurationProperty written) {
    return String.valueOf(written.getOrigin());
  }

  /** The value that counts, or those of the elements of a list. */
  private List<ConfigurationProperty> written(String key, boolean list) {
    ConfigurationPropertyName name = ConfigurationPropertyName.of(key);
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      List<ConfigurationProperty> found = new ArrayList<>();
      add(source.getConfigurationProperty(name), found);
      int next = 0;
      while (list && add(source.getConfigurationProperty(name.append("[" + next + "]")), found)) {
        next++;
      }
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }

  private static boolean add(
      @Nullable ConfigurationProperty written, List<ConfigurationProperty> found) {
    return written != null && found.add(written);
  }
}
