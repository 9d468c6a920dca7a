package net.insightpulseai.bridge.routecheck;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.Node;

/** Collects findings, each once. */
final class Findings {

  private final Collection<Finding> all = new TreeSet<>();

  void wrong(RouteFile file, Node at, String text) {
    all.add(Finding.wrong(file.name(), Nodes.line(at), text));
  }

  /** A class is named where only a bean may be. */
  void namesClass(RouteFile file, Node at, String name) {
    wrong(
        file,
        at,
        "names the class %s, which routes may not; expected a bean, by its name".formatted(name));
  }

  void warning(RouteFile file, Node at, String text) {
    all.add(Finding.warning(file.name(), Nodes.line(at), text));
  }

  void add(Finding finding) {
    all.add(finding);
  }

  /** Whether a part of a file is refused. */
  boolean refused(RouteFile file, int fromLine, int toLine) {
    return all.stream()
        .anyMatch(
            one ->
                one.refused()
                    && one.file().equals(file.name())
                    && one.line() >= fromLine
                    && one.line() <= toLine);
  }

  boolean refused(RouteFile file) {
    return refused(file, 0, Integer.MAX_VALUE);
  }

  /** By file and line. */
  List<Finding> all() {
    return List.copyOf(all);
  }
}
