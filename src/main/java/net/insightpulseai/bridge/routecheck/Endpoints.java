package net.insightpulseai.bridge.routecheck;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.insightpulseai.bridge.config.Nearest;
import org.apache.camel.CamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Options of endpoints, compared with what the components say of themselves. */
final class Endpoints {

  /** What the bridge has; there is no list to ask. */
  private static final List<String> SCHEMES =
      List.of("direct", "http", "https", "kafka", "log", "outbox", "platform-http", "sql", "timer");

  private final CamelContext camel;
  private final Set<String> allowed;
  private final Findings findings;
  private final Map<String, EndpointOptions> models = new HashMap<>();

  /**
   * @param allowed the schemes that routes may use
   */
  Endpoints(CamelContext camel, Set<String> allowed, Findings findings) {
    this.camel = camel;
    this.allowed = allowed;
    this.findings = findings;
  }

  void check(Entry entry) {
    entry.endpoints().forEach(endpoint -> check(entry, endpoint));
  }

  private void check(Entry entry, Endpoint endpoint) {
    if (endpoint.uri().isBlank()) {
      wrong(entry, endpoint.at(), "the address is empty, expected one such as direct:name");
      return;
    }
    String uri = resolved(endpoint.uri());
    String scheme = uri == null ? "" : uri.replaceFirst("(?s)[:?].*", "");
    if (uri == null || scheme.isEmpty() || scheme.contains("$")) {
      return;
    }
    if (camel.getComponent(scheme, true, false) == null) {
      String hint = Nearest.hint(scheme, SCHEMES);
      wrong(entry, endpoint.at(), "unknown component \"%s\"%s".formatted(scheme, hint));
      return;
    }
    missing(entry, endpoint, uri);
    if (!allowed.contains(scheme)) {
      wrong(
          entry,
          endpoint.at(),
          PermitSettings.refusal("component", scheme, allowed, "allow-components"));
    }
    EndpointOptions known = models.computeIfAbsent(scheme, name -> EndpointOptions.of(camel, name));
    given(endpoint, uri).forEach((name, value) -> option(entry, endpoint, known, name, value));
  }

  /** A statement in a file, as in {@code sql:classpath:sql/act.sql}, that is not there. */
  private void missing(Entry entry, Endpoint endpoint, String uri) {
    String statement = Endpoint.target(uri).replaceFirst("^sql:", "");
    if (uri.startsWith("sql:")
        && ResourceHelper.hasScheme(statement)
        && !PluginHelper.getResourceLoader(camel).resolveResource(statement).exists()) {
      wrong(
          entry,
          endpoint.at(),
          "%s cannot be built: there is no %s".formatted(entry.title(), statement));
    }
  }

  private @Nullable String resolved(String uri) {
    try {
      return camel.resolvePropertyPlaceholders(uri);
    } catch (IllegalArgumentException e) {
      // What cannot be resolved has a finding of its own.
      return null;
    }
  }

  /** All options, below {@code parameters} and behind the question mark. */
  private static Map<String, String> given(Endpoint endpoint, String uri) {
    Map<String, String> given = new LinkedHashMap<>(endpoint.parameters());
    // What a message fills in may have a question mark that begins no options.
    int query = endpoint.isDynamic() ? -1 : uri.indexOf('?');
    if (query >= 0) {
      for (String one : uri.substring(query + 1).split("&", -1)) {
        if (!one.isEmpty()) {
          given.put(one.replaceFirst("=.*", ""), one.replaceFirst("^[^=]*=?", ""));
        }
      }
    }
    return given;
  }

  private void option(
      Entry entry, Endpoint endpoint, EndpointOptions known, String name, String value) {
    if (known.isEmpty() || known.isPrefixed(name)) {
      return;
    }
    if (known.has(name)) {
      if (known.lacksUnit(name, value)) {
        findings.warning(
            entry.file(),
            endpoint.place(name),
            "the option \"%s\" is %s milliseconds; write a unit, as in %ss"
                .formatted(name, value, value));
      }
      String expected = known.expected(name, value);
      if (expected != null) {
        wrong(
            entry,
            endpoint.place(name),
            "the option \"%s\" is \"%s\", expected %s".formatted(name, value, expected));
      }
      return;
    }
    String hint = Nearest.hint(name, known.names());
    // http: takes what it does not know for the query of the address.
    if (!known.isLenient() || !hint.isEmpty()) {
      wrong(
          entry,
          endpoint.place(name),
          "unknown option \"%s\" of %s:%s".formatted(name, known.scheme(), hint));
    }
  }

  private void wrong(Entry entry, Node at, String text) {
    findings.wrong(entry.file(), at, text);
  }
}
