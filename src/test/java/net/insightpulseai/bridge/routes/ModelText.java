package net.insightpulseai.bridge.routes;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A model of Camel's as text: every value that it holds, one a line, by its path. */
final class ModelText {

  /** What belongs to the file, what leads back, and what is held a second time. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "camelContext",
          "parent",
          "index",
          "lineNumber",
          "location",
          "resource",
          "customId",
          "initialized",
          "outputsWithoutCatches",
          "catchClauses",
          "finallyClause");

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<String> lines = new ArrayList<>();

  private ModelText() {}

  /**
   * @param n tells it from the other models of a file
   */
  static List<String> of(int n, Object model) throws IllegalAccessException {
    ModelText text = new ModelText();
    text.add(String.valueOf(n), model);
    return text.lines;
  }

  private void add(String path, Object value) throws IllegalAccessException {
    if (value instanceof Collection<?> all) {
      int n = 0;
      for (Object one : all) {
        add(path + "[" + n++ + "]", one);
      }
    } else if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> one : new TreeMap<>(map).entrySet()) {
        add(path + "." + one.getKey(), one.getValue());
      }
    } else if (value instanceof Enum<?>
        || value != null && !value.getClass().getName().startsWith("org.apache.camel.")) {
      lines.add(path + " = " + (path.endsWith("/uri") ? sorted(value.toString()) : value));
    } else if (value != null && seen.add(value)) {
      lines.add(path + " : " + value.getClass().getSimpleName());
      addFields(path, value);
    }
  }

  /** An address with its options in one order, which means nothing. */
  private static String sorted(String uri) {
    int query = uri.indexOf('?') + 1;
    String[] options = uri.substring(query).split("&", -1);
    Arrays.sort(options);
    return query == 0 ? uri : uri.substring(0, query) + String.join("&", options);
  }

  private void addFields(String path, Object value) throws IllegalAccessException {
    for (Class<?> at = value.getClass(); at != Object.class; at = at.getSuperclass()) {
      for (Field field : at.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !LEFT_OUT.contains(field.getName())) {
          field.setAccessible(true);
          add(path + "/" + field.getName(), field.get(value));
        }
      }
    }
  }
}
