package net.insightpulseai.bridge.routecheck;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Paths that two routes serve with one method. Which of them answers would depend on the order in
 * which they were started, and so an edit of one could hand its requests to the other.
 */
final class ServedPaths {

  private static final String HTTP = "platform-http:";

  private final List<Entry> routes;
  private final Findings findings;

  ServedPaths(RouteSet routes, Findings findings) {
    this.routes =
        routes.routes().stream().filter(route -> route.source().startsWith(HTTP)).toList();
    this.findings = findings;
  }

  void check() {
    for (int i = 0; i < routes.size(); i++) {
      for (int j = i + 1; j < routes.size(); j++) {
        Entry one = routes.get(i);
        Entry other = routes.get(j);
        if (shareAMethod(one, other) && overlap(path(one), path(other))) {
          findings.wrong(
              other.file(),
              other.place("from"),
              "%s serves %s, and so does %s with %s: give each request to one of them"
                  .formatted(other.title(), path(other), one.title(), path(one)));
        }
      }
    }
  }

  private static boolean shareAMethod(Entry one, Entry other) {
    Set<String> methods = methods(one);
    return methods.isEmpty()
        || methods(other).isEmpty()
        || !Collections.disjoint(methods, methods(other));
  }

  /** Empty: all. */
  private static Set<String> methods(Entry route) {
    Node parameters = Nodes.get(route.from(), "parameters");
    Set<String> found = new HashSet<>();
    for (String method : Nodes.text(parameters, "httpMethodRestrict").split(",", -1)) {
      if (!method.isBlank()) {
        found.add(method.strip().toUpperCase(Locale.ROOT));
      }
    }
    return found;
  }

  /** With a star at its end where it serves what is below, too. */
  private static String path(Entry route) {
    String path = route.source().substring(HTTP.length());
    Node parameters = Nodes.get(route.from(), "parameters");
    return Nodes.text(parameters, "matchOnUriPrefix").equals("true") && !path.endsWith("*")
        ? path.replaceFirst("/?$", "/*")
        : path;
  }

  static boolean overlap(String one, String other) {
    List<String> left = segments(one);
    List<String> right = segments(other);
    for (int i = 0; ; i++) {
      String first = i < left.size() ? left.get(i) : null;
      String second = i < right.size() ? right.get(i) : null;
      if (first != null && isOpen(first)) {
        return meets(first, second);
      }
      if (second != null && isOpen(second)) {
        return meets(second, first);
      }
      if (first == null || second == null) {
        return first == null && second == null;
      }
      if (!canBeEqual(first, second)) {
        return false;
      }
    }
  }

  private static List<String> segments(String path) {
    return List.of(path.replaceFirst("^/", "").split("/", -1));
  }

  /** Whether a part also stands for whatever begins with it, and for what is below. */
  private static boolean isOpen(String part) {
    return part.endsWith("*");
  }

  private static boolean meets(String open, @Nullable String part) {
    String start = open.substring(0, open.length() - 1);
    return part == null
        ? start.isEmpty()
        : isParameter(part) || isOpen(part) || part.startsWith(start);
  }

  private static boolean canBeEqual(String one, String other) {
    if (isParameter(one) && isParameter(other)) {
      // What two expressions have in common is not for this check to say.
      return pattern(one).equals(pattern(other))
          || pattern(one).isEmpty()
          || pattern(other).isEmpty();
    }
    if (isParameter(one)) {
      return takes(one, other);
    }
    return isParameter(other) ? takes(other, one) : one.equals(other);
  }

  private static boolean isParameter(String part) {
    return part.startsWith("{") && !part.startsWith("{{");
  }

  private static String pattern(String parameter) {
    int colon = parameter.indexOf(':');
    return colon < 0 ? "" : parameter.substring(colon + 1, parameter.length() - 1);
  }

  private static boolean takes(String parameter, String literal) {
    try {
      return pattern(parameter).isEmpty() || literal.matches(pattern(parameter));
    } catch (PatternSyntaxException e) {
      return true;
    }
  }
}
