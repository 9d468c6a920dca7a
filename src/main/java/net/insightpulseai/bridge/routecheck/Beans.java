package net.insightpulseai.bridge.routecheck;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.config.Nearest;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Processor;
import org.springframework.util.ClassUtils;
import org.yaml.snakeyaml.nodes.Node;

/** Beans that routes name: whether they exist, and whether they suit their step. */
final class Beans {

  /** What the bean of a {@code ref} must be, by the key above it. */
  private static final Map<String, Class<?>> REFS =
      Map.of(
          "process",
          Processor.class,
          "bean",
          Object.class,
          "custom",
          Object.class,
          "method",
          Object.class);

  private static final Pattern REFERENCE = Pattern.compile("#(bean:)?([A-Za-z][\\w.-]*)");

  private final KnownBeans known;
  private final UnaryOperator<String> resolve;
  private final Findings findings;

  /**
   * @param resolve puts values for placeholders, and gives back what it cannot resolve
   */
  Beans(KnownBeans known, UnaryOperator<String> resolve, Findings findings) {
    this.known = known;
    this.resolve = resolve;
    this.findings = findings;
  }

  void check(Entry entry) {
    Nodes.each(
        entry.item(),
        (key, at, value) -> {
          if (key.equals("exception")) {
            Nodes.items(value).forEach(one -> exception(entry, one));
            return;
          }
          Class<?> wanted = REFS.get(key);
          Node ref = wanted == null ? null : Nodes.get(value, "ref");
          String text = resolve.apply(Nodes.text(value));
          if (ref != null && wanted != null) {
            String name = resolve.apply(Nodes.text(ref)).replaceFirst("^#?bean:", "");
            named(entry, ref, name, wanted);
            method(entry, value, name);
          } else if (REFERENCE.matcher(text).matches()) {
            named(entry, value, REFERENCE.matcher(text).replaceFirst("$2"), Object.class);
          } else if (key.equals("aggregationStrategy") && !text.isEmpty()) {
            named(entry, value, text, AggregationStrategy.class);
          }
        });
  }

  private void named(Entry entry, Node at, String name, Class<?> wanted) {
    // What names a class has a finding of its own.
    if (name.contains("{{") || name.startsWith("#") || name.startsWith("type:")) {
      return;
    }
    Class<?> type = known.type(name);
    if (type == null) {
      findings.wrong(
          entry.file(),
          at,
          "unknown bean \"%s\"%s".formatted(name, Nearest.hint(name, known.names(wanted))));
    } else if (!wanted.isAssignableFrom(type)) {
      findings.wrong(
          entry.file(),
          at,
          "the bean \"%s\" is no %s%s"
              .formatted(
                  name,
                  wanted.getSimpleName(),
                  wanted == Processor.class ? "; expected a step of docs/routes.md" : ""));
    }
  }

  private void exception(Entry entry, Node at) {
    String name = Nodes.text(at);
    if (!name.contains("{{") && !ClassUtils.isPresent(name, Beans.class.getClassLoader())) {
      findings.wrong(entry.file(), at, "unknown exception \"" + name + "\"");
    }
  }

  private void method(Entry entry, Node step, String bean) {
    Node at = Nodes.get(step, "method");
    String name = Nodes.text(at).replaceFirst("\\(.*", "").strip();
    Class<?> type = known.type(bean);
    if (at == null || name.isEmpty() || type == null) {
      return;
    }
    Set<String> methods = new TreeSet<>();
    for (Class<?> one = type; one != null && one != Object.class; one = one.getSuperclass()) {
      Arrays.stream(one.getDeclaredMethods())
          .filter(method -> !method.isSynthetic())
          .forEach(method -> methods.add(method.getName()));
    }
    if (!methods.contains(name)) {
      findings.wrong(
          entry.file(),
          at,
          "unknown method \"%s\" of the bean \"%s\"%s"
              .formatted(name, bean, Nearest.hint(name, List.copyOf(methods))));
    }
  }
}
