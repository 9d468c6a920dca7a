package net.insightpulseai.bridge.settings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.config.Nearest;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Environment variables that look like ours and that nothing reads. They are only worth a warning:
 * other programs of the machine may have set them.
 */
final class UnreadVariables {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)[:}]");

  /**
   * Read by commands and tests, or by a subscriber's reference; what Kubernetes sets for a service
   * named bridge.
   */
  private static final Pattern OTHERS =
      Pattern.compile(
          "BRIDGE_(URL|MANAGEMENT_URL|E2E_URL|FIELDS|WEBHOOK_SECRET|SUBSCRIBER_.*|SERVICE_.*|PORT(_.*)?)");

  private static final Pattern LIST = Pattern.compile("bridgesubscribers\\d.*");

  private UnreadVariables() {}

  static List<String> find(KnownSettings known, ConfigurableEnvironment environment) {
    Set<String> read = new TreeSet<>();
    Set<String> set = new TreeSet<>();
    for (PropertySource<?> source : environment.getPropertySources()) {
      if (source instanceof SystemEnvironmentPropertySource variables) {
        set.addAll(List.of(variables.getPropertyNames()));
      } else if (source instanceof EnumerablePropertySource<?> all) {
        for (String name : all.getPropertyNames()) {
          collect(all.getProperty(name), read);
        }
      }
    }
    Set<String> keys = new HashSet<>();
    known.each((key, unused) -> keys.add(Setting.uniform(key.replace(".", ""))));
    List<String> warnings = new ArrayList<>();
    for (String name : set) {
      if (!read.contains(name) && !keys.contains(Setting.uniform(name))) {
        warn(name, read, set, warnings);
      }
    }
    return warnings;
  }

  /** Whether a name is the other one with words left out: SUPABASE_SERVICE_KEY, ODOO_URL. */
  private static boolean isShortOf(String name, String whole) {
    List<String> given = List.of(name.split("_", -1));
    List<String> words = List.of(whole.split("_", -1));
    return given.size() > 1
        && given.size() < words.size()
        && given.get(0).equals(words.get(0))
        && given.get(given.size() - 1).equals(words.get(words.size() - 1))
        && words.containsAll(given);
  }

  private static void collect(Object value, Set<String> read) {
    // Values with an origin print as the value itself.
    Matcher placeholder = PLACEHOLDER.matcher(String.valueOf(value));
    while (placeholder.find()) {
      read.add(placeholder.group(1));
    }
  }

  private static void warn(String name, Set<String> read, Set<String> set, List<String> warnings) {
    boolean ours =
        name.startsWith("BRIDGE_")
            && !OTHERS.matcher(name).matches()
            && !LIST.matcher(Setting.uniform(name)).matches();
    // One edit away from a variable that is read and not set: a slip.
    List<String> missed =
        read.stream()
            .filter(one -> one.length() > 8 && !set.contains(one))
            .filter(one -> Nearest.distance(one, name) <= 2)
            .toList();
    if (missed.isEmpty()) {
      missed = read.stream().filter(one -> !set.contains(one) && isShortOf(name, one)).toList();
    }
    if (ours || !missed.isEmpty()) {
      String near = missed.isEmpty() ? Nearest.of(name, read) : missed.get(0);
      warnings.add(
          "The environment variable %s is set, and nothing reads it%s"
              .formatted(name, near == null ? "" : "; did you mean " + near + "?"));
    }
  }
}
