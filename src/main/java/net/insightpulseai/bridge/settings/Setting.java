package net.insightpulseai.bridge.settings;

import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Name;

/**
 * What may be written at one place of the settings.
 *
 * @param kind whether it is a value, a list, a map, or a section with settings of its own
 * @param type of a value
 * @param sections the settings below a section, by their kebab-case names
 * @param element of a list or map: what each of its elements is
 */
record Setting(
    Kind kind, @Nullable Class<?> type, Map<String, Setting> sections, @Nullable Setting element) {

  enum Kind {
    VALUE,
    LIST,
    MAP,
    SECTION
  }

  static Setting section() {
    return new Setting(Kind.SECTION, null, new LinkedHashMap<>(), null);
  }

  static Setting value(Class<?> type) {
    return new Setting(Kind.VALUE, type, Map.of(), null);
  }

  /** Adds the settings that a record binds. */
  void add(Class<?> bound) {
    Constructor<?> constructor = bound.getDeclaredConstructors()[0];
    for (Parameter one : constructor.getParameters()) {
      sections.put(name(one), of(one.getParameterizedType()));
    }
  }

  private static Setting of(Type type) {
    if (type instanceof ParameterizedType generic) {
      Class<?> raw = (Class<?>) generic.getRawType();
      Type[] arguments = generic.getActualTypeArguments();
      if (Map.class.isAssignableFrom(raw)) {
        return new Setting(Kind.MAP, null, Map.of(), of(arguments[1]));
      }
      if (Collection.class.isAssignableFrom(raw)) {
        return new Setting(Kind.LIST, null, Map.of(), of(arguments[0]));
      }
      return value(raw);
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isRecord()) {
      Setting section = section();
      section.add(plain);
      return section;
    }
    return value(plain);
  }

  private static String name(Parameter one) {
    Name own = one.getAnnotation(Name.class);
    return own != null
        ? own.value()
        : one.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /** The setting below this one; null if there is none of that name. */
  @Nullable Setting below(String name, boolean index) {
    return switch (kind) {
      case VALUE -> null;
      case LIST -> index ? element : null;
      case MAP -> element;
      case SECTION ->
          sections.entrySet().stream()
              .filter(one -> uniform(one.getKey()).equals(uniform(name)))
              .map(Map.Entry::getValue)
              .findFirst()
              .orElse(null);
    };
  }

  Set<String> names() {
    return sections.keySet();
  }

  /** Without what Spring ignores when it compares names: case, hyphens and underscores. */
  static String uniform(String name) {
    return name.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
  }

  /** Whether it is a list of such values, or one. */
  boolean holds(List<Class<?>> types) {
    if (kind == Kind.LIST && element != null) {
      return element.holds(types);
    }
    return type != null && types.contains(type);
  }
}
