package net.insightpulseai.bridge.routecheck;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import net.insightpulseai.bridge.config.Nearest;
import org.yaml.snakeyaml.nodes.Node;

/** Ids that are there twice, and names of routes and configurations that do not exist. */
final class Names {

  private final RouteSet routes;
  private final Findings findings;

  Names(RouteSet routes, Findings findings) {
    this.routes = routes;
    this.findings = findings;
  }

  void check() {
    unique(routes.routes(), "route id", "id", Entry::id);
    unique(routes.configurations(), "routeConfiguration id", "id", Entry::id);
    unique(routes.routes(), "source", "from", Names::taken);
    new ServedPaths(routes, findings).check();
    steps();
    configurations();
  }

  private void unique(List<Entry> entries, String what, String key, Function<Entry, String> name) {
    Map<String, Entry> first = new HashMap<>();
    for (Entry entry : entries) {
      String one = name.apply(entry);
      Entry other = one.isEmpty() ? null : first.putIfAbsent(one, entry);
      if (other != null) {
        findings.wrong(
            entry.file(),
            entry.place(key),
            "duplicate %s \"%s\", also in %s"
                .formatted(what, one, where(other.file(), other.place(key))));
      }
    }
  }

  private static String where(RouteFile file, Node at) {
    return file.name() + ":" + Nodes.line(at);
  }

  /** What no two routes may take from, beside a path: a direct name, a queue. */
  private static String taken(Entry route) {
    return route.source().matches("(direct|outbox):.*") ? route.source() : "";
  }

  /** Camel refuses two steps with one id, unless a prefix tells their routes apart. */
  private void steps() {
    Map<String, String> first = new HashMap<>();
    for (Entry route : routes.routes()) {
      String prefix = Nodes.text(route.value(), "nodePrefixId");
      Node from = route.from();
      if (from != null) {
        Nodes.each(
            from,
            (key, at, value) -> {
              String id = prefix + Nodes.text(value);
              String here = where(route.file(), at);
              if (key.equals("id") && first.putIfAbsent(id, here) != null) {
                findings.wrong(
                    route.file(),
                    at,
                    "duplicate step id \"%s\", also in %s".formatted(id, first.get(id)));
              }
            });
      }
    }
  }

  private void configurations() {
    Set<String> known = new HashSet<>();
    routes.configurations().forEach(one -> known.add(one.id()));
    for (Entry route : routes.routes()) {
      String named = Nodes.text(route.value(), "routeConfigurationId");
      if (named.isEmpty()) {
        findings.warning(
            route.file(),
            route.item(),
            route.title()
                + " has no routeConfigurationId, so that its failures go nowhere; expected one of "
                + String.join(", ", known));
      }
      for (String one : named.split(",", -1)) {
        if (!one.isBlank() && !one.contains("*") && !known.contains(one.strip())) {
          findings.wrong(
              route.file(),
              route.place("routeConfigurationId"),
              "unknown routeConfigurationId \"%s\"%s"
                  .formatted(one.strip(), Nearest.hint(one.strip(), known)));
        }
      }
    }
  }

  /** Calls of routes that do not exist. */
  void calls() {
    List<String> direct =
        routes.sources().stream().filter(source -> source.startsWith("direct:")).toList();
    for (Entry entry : routes.entries()) {
      for (Endpoint one : entry.endpoints()) {
        if (!one.consumer() && one.isDirect() && !direct.contains(one.target())) {
          findings.wrong(
              entry.file(),
              one.at(),
              "no route takes from \"%s\"%s"
                  .formatted(one.target(), Nearest.hint(one.target(), direct)));
        }
      }
    }
  }
}
