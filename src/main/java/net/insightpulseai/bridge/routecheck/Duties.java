package net.insightpulseai.bridge.routecheck;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import net.insightpulseai.bridge.config.Nearest;
import net.insightpulseai.bridge.config.RouteVariables;
import net.insightpulseai.bridge.outbox.RetrySchedule;
import org.yaml.snakeyaml.nodes.Node;

/** What routes owe the bridge: a guard, an outcome, and the routes that it calls itself. */
final class Duties {

  /** Steps that decide who may call. */
  static final Set<String> GUARDS =
      Set.of(
          "requireServiceKey",
          "requireCaller",
          "requireApplyCaller",
          "requireWebhookCaller",
          "requirePullCaller",
          "verifySenderSignature",
          "verifySignature");

  /** The step of a route that is public on purpose. */
  static final String ANYONE = "allowAnyone";

  /** Routes that the step {@code deliverByOwnRoute} calls by the name of a subscriber. */
  private static final String OWN_DELIVERY = "direct:deliver-custom-";

  private static final String OUTCOME = "decideOutcome";

  /** The condition of the shipped routes that need an Odoo. */
  private static final String CONFIGURED = "{{odoo:configured}}";

  /** It judges what threw, and so decides no outcome where nothing does. */
  private static final String DEAD_LETTER = "direct:dead-letter";

  /** What the bridge's own code calls, or nothing would be delivered without. */
  private static final Map<String, String> NEEDED =
      new TreeMap<>(
          Map.of(
              "direct:odoo-info", "the bridge asks Odoo for its identity through it",
              "direct:odoo-ping", "the bridge asks through it whether a failure is Odoo's",
              "direct:dead-letter", "it decides what becomes of a row that failed",
              "outbox:odoo-actions", "no action would be sent without it",
              "outbox:event-deliveries", "no event would be delivered without it"));

  /** What others call; an operator may have removed it on purpose. */
  private static final List<String> EXPECTED =
      List.of(
          "platform-http:/functions/v1/odoo_event_ingest",
          "platform-http:/functions/v1/push_to_odoo",
          "platform-http:/health");

  private final RouteSet routes;
  private final Findings findings;

  Duties(RouteSet routes, Findings findings) {
    this.routes = routes;
    this.findings = findings;
  }

  /**
   * @param folder is named where a route is missing
   */
  void check(String folder) {
    for (Entry route : routes.routes()) {
      String source = route.source();
      if (source.startsWith("platform-http:") && !route.steps().isEmpty()) {
        guard(route);
      } else if (source.startsWith("outbox:")) {
        decides(route, "takes from " + source);
      } else if (source.startsWith(OWN_DELIVERY)) {
        decides(route, "delivers to a subscriber");
        called(route);
      }
      schedules(route);
      source(route);
    }
    NEEDED.forEach(
        (target, why) -> {
          Entry route = routes.takingFrom(target);
          if (route == null) {
            findings.add(
                Finding.wrong(folder, 0, "no route takes from \"" + target + "\": " + why));
          } else {
            always(route, "precondition", CONFIGURED, why);
            always(route, "autoStartup", "true", why);
          }
        });
    for (String target : EXPECTED) {
      if (routes.takingFrom(target) == null) {
        missing(folder, target);
      }
    }
  }

  /** A needed route runs whenever the bridge does. */
  private void always(Entry route, String key, String allowed, String why) {
    Node value = Nodes.get(route.value(), key);
    if (value != null && !Nodes.text(value).equals(allowed)) {
      findings.wrong(
          route.file(),
          value,
          "%s may have no %s but \"%s\": %s".formatted(route.title(), key, allowed, why));
    }
  }

  /** What a route takes from decides what it owes, and so it is written out. */
  private void source(Entry route) {
    if (route.source().startsWith("{{")) {
      findings.wrong(
          route.file(),
          route.place("from"),
          "%s takes from a placeholder; write out what it takes from".formatted(route.title()));
    }
  }

  private void decides(Entry route, String does) {
    if (!routes.beansReachedBy(route, DEAD_LETTER).contains(OUTCOME)) {
      findings.wrong(
          route.file(),
          route.place("from"),
          "%s %s and never reaches the step %s, so that nothing would count as done"
              .formatted(route.title(), does, OUTCOME));
    }
  }

  private void called(Entry route) {
    if (routes.routes().stream()
        .noneMatch(one -> routes.beansReachedBy(one, DEAD_LETTER).contains("deliverByOwnRoute"))) {
      findings.wrong(
          route.file(),
          route.place("from"),
          route.title()
              + " is never called, because no route has the step deliverByOwnRoute: take over the shipped"
              + " deliveries/deliver-webhook.camel.yaml");
    }
  }

  /** The variable {@code retrySchedule}, where a route sets it to a constant. */
  private void schedules(Entry route) {
    Nodes.each(
        route.item(),
        (key, at, value) -> {
          Node constant =
              Nodes.get(Nodes.get(Nodes.get(value, "expression"), "constant"), "expression");
          if (key.equals("setVariable")
              && Nodes.text(value, "name").equals(RouteVariables.RETRY_SCHEDULE)
              && constant != null) {
            try {
              var unused = RetrySchedule.read(Nodes.text(constant), RandomGenerator.getDefault());
            } catch (IllegalArgumentException e) {
              findings.wrong(route.file(), constant, "retrySchedule: " + e.getMessage());
            }
          }
        });
  }

  private void missing(String folder, String target) {
    String line = "no route serves " + target.substring(target.indexOf('/'));
    List<String> sources = routes.routes().stream().map(Duties::path).toList();
    String near = Nearest.of(target, sources);
    for (Entry route : routes.routes()) {
      String path = path(route);
      if (path.equals(near)) {
        findings.warning(
            route.file(),
            route.place("from"),
            "%s serves %s, and %s; is it a slip?"
                .formatted(route.title(), path.substring(path.indexOf('/')), line));
        return;
      }
    }
    findings.add(Finding.warning(folder, 0, line));
  }

  private static String path(Entry route) {
    return route.source().replaceFirst("[?].*", "");
  }

  private void guard(Entry route) {
    String first = routes.firstBean(route);
    if (!GUARDS.contains(first) && !first.equals(ANYONE)) {
      findings.wrong(
          route.file(),
          route.place("from"),
          "%s is public: its first step is no guard. Begin with the step %s, or with %s if everybody may call it"
              .formatted(route.title(), "requireServiceKey or verifySignature", ANYONE));
    }
  }
}
