package net.insightpulseai.bridge.reload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.insightpulseai.bridge.routecheck.Finding;
import net.insightpulseai.bridge.routecheck.RouteFile;
import net.insightpulseai.bridge.routecheck.RoutePart;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the routes by an edit. Only what reads differently is replaced; a comment is no
 * difference. A configuration is built into the routes that use it, so they are replaced with it.
 *
 * @param added ids of routes that are new
 * @param changed ids of routes that are replaced
 * @param removed ids of routes that are gone
 * @param configurations ids of configurations that are new, different or gone
 */
record Change(
    Set<String> added, Set<String> changed, Set<String> removed, Set<String> configurations) {

  /** These act on all routes of their file. */
  private static final Set<String> FOR_THE_FILE =
      Set.of(
          "onException",
          "onCompletion",
          "intercept",
          "interceptFrom",
          "interceptSendToEndpoint",
          "errorHandler");

  static Change between(List<RouteFile> before, List<RouteFile> after) {
    Map<RouteFile, List<RoutePart>> read = new HashMap<>();
    List<RoutePart> old = parts(before, read);
    List<RoutePart> now = parts(after, read);
    Map<String, String> oldConfigurations =
        contents(old.stream().filter(RoutePart::isConfiguration));
    Map<String, String> newConfigurations =
        contents(now.stream().filter(RoutePart::isConfiguration));
    Set<String> configurations = different(oldConfigurations, newConfigurations);
    Set<String> files = different(forTheFile(old), forTheFile(now));
    Map<String, String> oldRoutes = contents(old.stream().filter(RoutePart::isRoute));
    Map<String, String> newRoutes = contents(now.stream().filter(RoutePart::isRoute));
    Set<String> changed = different(oldRoutes, newRoutes);
    now.stream()
        .filter(RoutePart::isRoute)
        .filter(route -> uses(route, configurations) || files.contains(route.file()))
        .forEach(route -> changed.add(route.id()));
    Set<String> added = new LinkedHashSet<>(newRoutes.keySet());
    added.removeAll(oldRoutes.keySet());
    Set<String> removed = new LinkedHashSet<>(oldRoutes.keySet());
    removed.removeAll(newRoutes.keySet());
    changed.removeAll(added);
    changed.removeAll(removed);
    return new Change(added, changed, removed, configurations);
  }

  private static List<RoutePart> parts(
      List<RouteFile> files, Map<RouteFile, List<RoutePart>> read) {
    return files.stream()
        .flatMap(file -> read.computeIfAbsent(file, RoutePart::of).stream())
        .toList();
  }

  /** By id; those without one count as one. */
  private static Map<String, String> contents(Stream<RoutePart> parts) {
    return parts.collect(
        Collectors.toMap(RoutePart::id, RoutePart::content, String::concat, LinkedHashMap::new));
  }

  /** By file. */
  private static Map<String, String> forTheFile(List<RoutePart> parts) {
    return parts.stream()
        .filter(part -> FOR_THE_FILE.contains(part.kind()))
        .collect(
            Collectors.toMap(
                RoutePart::file, RoutePart::content, String::concat, LinkedHashMap::new));
  }

  private static Set<String> different(Map<String, String> before, Map<String, String> after) {
    Set<String> names = new LinkedHashSet<>(before.keySet());
    names.addAll(after.keySet());
    names.removeIf(name -> before.containsKey(name) && before.get(name).equals(after.get(name)));
    return names;
  }

  /** A name with a star may mean any; a route that names none uses those without an id. */
  private static boolean uses(RoutePart route, Set<String> configurations) {
    if (configurations.isEmpty()) {
      return false;
    }
    return route.configurations().isEmpty()
        ? configurations.contains("") || configurations.contains("*")
        : route.configurations().stream()
            .anyMatch(name -> name.contains("*") || configurations.contains(name));
  }

  /**
   * What the files may hold, and yet takes effect at a restart only: a file that has changed and
   * declares beans, templates or REST services, and a route that cannot be told from others.
   */
  static List<Finding> onlyAtRestart(List<RouteFile> before, List<RouteFile> after) {
    Set<RouteFile> same = new HashSet<>(before);
    List<Finding> findings = new ArrayList<>();
    for (RouteFile file : after) {
      if (!same.contains(file)) {
        for (RoutePart part : RoutePart.of(file)) {
          String fault = fault(part);
          if (fault != null) {
            findings.add(new Finding(file.name(), part.line(), true, fault));
          }
        }
      }
    }
    return findings;
  }

  private static @Nullable String fault(RoutePart part) {
    if (part.isRoute()) {
      return part.id().isEmpty()
          ? "a route without an id is loaded at a restart only: give it an id, or restart the bridge"
          : null;
    }
    return part.isConfiguration() || FOR_THE_FILE.contains(part.kind())
        ? null
        : "a file with \"%s\" is loaded at a restart only: restart the bridge, or move it to a file of its own"
            .formatted(part.kind());
  }

  /** Nothing that runs would be different. */
  boolean isEmpty() {
    return added.isEmpty() && changed.isEmpty() && removed.isEmpty() && configurations.isEmpty();
  }

  /** Routes that have to be built. */
  Set<String> built() {
    Set<String> built = new LinkedHashSet<>(added);
    built.addAll(changed);
    return built;
  }

  /** Routes of which nothing may be left as it is. */
  Set<String> touched() {
    Set<String> touched = built();
    touched.addAll(removed);
    return touched;
  }

  /** Routes that end. */
  Set<String> ended() {
    Set<String> ended = new LinkedHashSet<>(changed);
    ended.addAll(removed);
    return ended;
  }

  @Override
  public String toString() {
    List<String> words = new ArrayList<>();
    say(words, "replaced", changed);
    say(words, "added", added);
    say(words, "removed", removed);
    say(words, "configurations", configurations);
    return words.isEmpty() ? "no route is different" : String.join("; ", words);
  }

  private static void say(List<String> words, String what, Set<String> ids) {
    if (!ids.isEmpty()) {
      words.add(what + " " + String.join(", ", ids));
    }
  }
}
