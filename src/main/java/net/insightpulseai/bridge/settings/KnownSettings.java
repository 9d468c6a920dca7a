package net.insightpulseai.bridge.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import net.insightpulseai.bridge.config.Nearest;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.ClassUtils;

/** The settings below {@code bridge.} that exist: what the records of the code bind. */
final class KnownSettings {

  static final String ROOT = "bridge";

  /** Read by the environment itself, before there are records. */
  private static final List<String> OTHERS = List.of("demo.folder");

  private final Setting root = Setting.section();

  KnownSettings(List<Class<?>> records) {
    records.forEach(
        record -> {
          String prefix = record.getAnnotation(ConfigurationProperties.class).value();
          section(prefix.substring(ROOT.length())).add(record);
        });
    OTHERS.forEach(
        key -> {
          int dot = key.lastIndexOf('.');
          section(key.substring(0, dot))
              .sections()
              .put(key.substring(dot + 1), Setting.value(String.class));
        });
  }

  /** The records that bind settings of ours; no bean is made. */
  static List<Class<?>> records(ConfigurableListableBeanFactory beans) {
    List<Class<?>> found = new ArrayList<>();
    for (String name : beans.getBeanDefinitionNames()) {
      String type = beans.getBeanDefinition(name).getBeanClassName();
      // The scan names them <prefix>-<class>.
      if (type != null && name.startsWith(ROOT) && name.endsWith("-" + type)) {
        Class<?> record = ClassUtils.resolveClassName(type, beans.getBeanClassLoader());
        if (record.isRecord()) {
          found.add(record);
        }
      }
    }
    return found;
  }

  private Setting section(String path) {
    Setting section = root;
    for (String name : path.split("\\.", -1)) {
      if (!name.isEmpty()) {
        section = section.sections().computeIfAbsent(name, unused -> Setting.section());
      }
    }
    return section;
  }

  Setting root() {
    return root;
  }

  /** Calls for every setting that is no section, with its whole key. */
  void each(BiConsumer<String, Setting> visitor) {
    each(ROOT, root, visitor);
  }

  private static void each(String key, Setting setting, BiConsumer<String, Setting> visitor) {
    for (Map.Entry<String, Setting> one : setting.sections().entrySet()) {
      String below = key + "." + one.getKey();
      if (one.getValue().kind() == Setting.Kind.SECTION) {
        each(below, one.getValue(), visitor);
      } else {
        visitor.accept(below, one.getValue());
      }
    }
  }

  /**
   * The key that somebody meant.
   *
   * @param parent the key of the section that it was written in
   * @param section what that section may hold
   * @param name what was written there
   */
  @Nullable String nearest(String parent, Setting section, String name) {
    String sibling = Nearest.of(name, section.names());
    if (sibling != null) {
      return parent + "." + sibling;
    }
    List<String> elsewhere = new ArrayList<>();
    each(
        (key, unused) -> {
          if (Setting.uniform(key.substring(key.lastIndexOf('.') + 1))
              .equals(Setting.uniform(name))) {
            elsewhere.add(key);
          }
        });
    return elsewhere.size() == 1 ? elsewhere.get(0) : null;
  }
}
