package net.insightpulseai.bridge.routecheck;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.builder.RouteBuilderLifecycleStrategy;
import org.apache.camel.spi.BeanRepository;
import org.jspecify.annotations.Nullable;
import org.springframework.objenesis.ObjenesisStd;

/**
 * Stands in for the beans of the bridge while routes are loaded for trial: each has the type of the
 * real one and does nothing, so that no database and no setting is needed.
 */
final class Stubs implements BeanRepository {

  private final KnownBeans known;
  private final RouteBuilderLifecycleStrategy loading;
  private final Map<String, Object> made = new ConcurrentHashMap<>();

  /**
   * @param loading what is done with each file once it is read
   */
  Stubs(KnownBeans known, RouteBuilderLifecycleStrategy loading) {
    this.known = known;
    this.loading = loading;
  }

  @Override
  public @Nullable Object lookupByName(String name) {
    Class<?> type = known.type(name);
    return type == null ? null : made.computeIfAbsent(name, unused -> of(type));
  }

  @Override
  public <T> @Nullable T lookupByNameAndType(String name, Class<T> wanted) {
    Class<?> type = known.type(name);
    if (type == null || !wanted.isAssignableFrom(type)) {
      return null;
    }
    return wanted.isInterface()
        ? wanted.cast(made.computeIfAbsent(wanted.getName(), unused -> of(wanted)))
        : wanted.cast(lookupByName(name));
  }

  @Override
  public <T> Map<String, T> findByTypeWithName(Class<T> type) {
    return Map.of();
  }

  @Override
  public <T> Set<T> findByType(Class<T> type) {
    return type == RouteBuilderLifecycleStrategy.class ? Set.of(type.cast(loading)) : Set.of();
  }

  /** An object of a type that does nothing. */
  static Object of(Class<?> type) {
    if (type.isInterface()) {
      return Proxy.newProxyInstance(
          type.getClassLoader(),
          new Class<?>[] {type},
          (proxy, method, arguments) ->
              answer(proxy, method.getName(), method.getReturnType(), arguments));
    }
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (constructor.getParameterCount() == 0
          && Modifier.isPublic(constructor.getModifiers())
          && Modifier.isPublic(type.getModifiers())) {
        try {
          return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
          break;
        }
      }
    }
    return new ObjenesisStd().newInstance(type);
  }

  private static @Nullable Object answer(
      Object proxy, String method, Class<?> type, Object @Nullable [] arguments) {
    return switch (method) {
      case "toString" -> "a stand-in";
      case "hashCode" -> System.identityHashCode(proxy);
      case "equals" -> arguments != null && proxy == arguments[0];
      default -> {
        if (type == boolean.class) {
          yield false;
        }
        if (Collection.class.isAssignableFrom(type)) {
          yield List.of();
        }
        yield type.isPrimitive() && type != void.class
            ? Array.get(Array.newInstance(type, 1), 0)
            : null;
      }
    };
  }
}
