package net.insightpulseai.bridge.routecheck;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** All routes and configurations of a folder, and how they call each other. */
final class RouteSet {

  private final List<Entry> entries;
  private final Map<String, Entry> bySource = new LinkedHashMap<>();

  RouteSet(List<Entry> entries) {
    this.entries = List.copyOf(entries);
    for (Entry route : routes()) {
      if (!route.source().isEmpty()) {
        bySource.putIfAbsent(route.source(), route);
      }
    }
  }

  List<Entry> entries() {
    return entries;
  }

  List<Entry> routes() {
    return entries.stream().filter(Entry::isRoute).toList();
  }

  List<Entry> configurations() {
    return entries.stream().filter(one -> one.kind().equals(Entry.CONFIGURATION)).toList();
  }

  /** The route that takes from an endpoint; null if none does. */
  @Nullable Entry takingFrom(String target) {
    return bySource.get(target);
  }

  Set<String> sources() {
    return bySource.keySet();
  }

  /**
   * The bean of a route's first step, or of the first step of the route that it calls; empty if it
   * is neither {@code process} nor {@code bean}.
   */
  String firstBean(Entry route) {
    Entry at = route;
    // A route that calls itself ends somewhere.
    for (int depth = 0; depth < entries.size(); depth++) {
      if (at.steps().isEmpty()) {
        return "";
      }
      Node step = at.steps().get(0);
      Node to = Nodes.get(step, "to");
      String target = Endpoint.target(to == null ? "" : Nodes.text(to) + Nodes.text(to, "uri"));
      Entry called = bySource.get(target);
      if (called == null) {
        return Nodes.text(Nodes.get(step, "process"), "ref")
            + Nodes.text(Nodes.get(step, "bean"), "ref");
      }
      at = called;
    }
    return "";
  }

  /**
   * The beans of every {@code process} that a route can reach, through the routes it calls.
   *
   * @param except a target that is not followed
   */
  Set<String> beansReachedBy(Entry route, String except) {
    Set<String> beans = new LinkedHashSet<>();
    List<Entry> open = new ArrayList<>(List.of(route));
    Set<Entry> seen = new LinkedHashSet<>(open);
    while (!open.isEmpty()) {
      Entry next = open.remove(0);
      Nodes.eachEnabled(
          next.item(),
          (key, at, value) -> {
            if (key.equals("process")) {
              beans.add(Nodes.text(value, "ref"));
            }
          });
      for (Endpoint one : next.called()) {
        Entry called = one.target().equals(except) ? null : bySource.get(one.target());
        if (called != null && seen.add(called)) {
          open.add(called);
        }
      }
    }
    return beans;
  }
}
