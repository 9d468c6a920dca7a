package net.insightpulseai.bridge.settings;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * What is wrong with the settings as they are written, before any value is read.
 *
 * @param wrong one line for each fault that stops the start: an unknown key below {@code bridge.},
 *     a duration or size without a unit. Each begins with its key and ends with file and line
 * @param suspect one line for each thing that was probably meant otherwise
 */
public record WrittenSettings(List<String> wrong, List<String> suspect) {

  private static final Pattern PLACE = Pattern.compile(":\\d+\\)$");
  private static final Pattern KEY = Pattern.compile("bridge(\\.[a-z0-9-]+(\\[\\d+])?)+");

  /** Looks at all sources of settings; no bean is made. */
  public static WrittenSettings of(
      ConfigurableListableBeanFactory beans, ConfigurableEnvironment environment) {
    KnownSettings known = new KnownSettings(KnownSettings.records(beans));
    UnknownKeys keys = new UnknownKeys(known, environment);
    Map<String, String> unitless = new TreeMap<>();
    UnitlessValues.find(known, environment, unitless);
    return new WrittenSettings(
        Stream.concat(stream(keys.wrong()), unitless.values().stream()).toList(),
        Stream.concat(stream(keys.suspect()), UnreadVariables.find(known, environment).stream())
            .toList());
  }

  private static Stream<String> stream(Iterable<String> lines) {
    return StreamSupport.stream(lines.spliterator(), false);
  }

  /** The records that bind our settings. */
  public static List<Class<?>> sections(ConfigurableListableBeanFactory beans) {
    return KnownSettings.records(beans);
  }

  /**
   * A line about a setting, with the file and line where its value stands. It stays as it is if it
   * ends with a place, begins with no key, or is about a value that comes from elsewhere.
   */
  public static String located(String line, ConfigurableEnvironment environment) {
    Matcher key = KEY.matcher(line);
    if (!key.lookingAt() || PLACE.matcher(line).find()) {
      return line;
    }
    ConfigurationPropertyName name = ConfigurationPropertyName.ofIfValid(key.group());
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      ConfigurationProperty written = name == null ? null : source.getConfigurationProperty(name);
      if (written != null) {
        boolean here =
            WrittenAt.isInFile(written.getOrigin())
                && !String.valueOf(written.getValue()).contains("${");
        return here ? line + " (" + WrittenAt.of(written.getOrigin(), "") + ")" : line;
      }
    }
    return line;
  }

  /**
   * What to say if nothing has been read from the operators' file; null if something has been. The
   * file gives every section, so where it is missing, each variable that it reads has no effect.
   */
  public static @Nullable String missingFile(ConfigurableEnvironment environment) {
    Map<String, Object> any =
        Binder.get(environment)
            .bind(KnownSettings.ROOT, Bindable.mapOf(String.class, Object.class))
            .orElseGet(LinkedHashMap::new);
    if (any.containsKey("signature") || any.containsKey("odoo") || any.containsKey("database")) {
      return null;
    }
    return "application.yaml: found none in "
        + Path.of("").toAbsolutePath()
        + ", expected the one that comes with the bridge: without it, no environment variable such as"
        + " EDGE_HMAC_SECRET is read. Start the bridge in the folder with application.yaml and"
        + " routes/, or name the file: --spring.config.additional-location=/etc/bridge/application.yaml";
  }
}
