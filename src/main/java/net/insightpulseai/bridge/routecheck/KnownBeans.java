package net.insightpulseai.bridge.routecheck;

import java.util.Arrays;
import java.util.List;
import net.insightpulseai.bridge.config.PlaceholderNames;
import net.insightpulseai.bridge.config.RoutePlaceholders;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** The names and types of all beans, as they are declared; no bean is made. */
public final class KnownBeans {

  private final ConfigurableListableBeanFactory beans;

  /**
   * @param beans whose definitions are complete
   */
  public KnownBeans(ConfigurableListableBeanFactory beans) {
    this.beans = beans;
  }

  /** The declared type of a bean; null if there is none of that name. */
  @Nullable Class<?> type(String name) {
    try {
      return beans.getType(name, false);
    } catch (NoSuchBeanDefinitionException e) {
      return null;
    }
  }

  /** The names of all beans of a type. */
  List<String> names(Class<?> type) {
    return Arrays.asList(beans.getBeanNamesForType(type, true, false));
  }

  /** What routes may name as <code>{{name:…}}</code>. */
  List<PlaceholderNames> placeholders() {
    return names(RoutePlaceholders.class).stream()
        .map(this::type)
        .filter(type -> type != null && type.isAnnotationPresent(PlaceholderNames.class))
        .map(type -> type.getAnnotation(PlaceholderNames.class))
        .toList();
  }
}
